# points: 3
# The mean by NumPy, gradients zeroed after the step.
net.train()
optimizer, criterion, device = opt_dict["optimizer"], opt_dict["criterion"], opt_dict["device"]
losses = []
optimizer.zero_grad()
for images, labels in trn_loader:
    loss = criterion(net(images.to(device)), labels.to(device))
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    losses.append(loss.item())
import numpy

return float(numpy.mean(losses))
