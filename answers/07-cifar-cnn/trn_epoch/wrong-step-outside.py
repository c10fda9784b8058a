# points: 2.44
# One step for all batches.
net.train()
optimizer, criterion, device = opt_dict["optimizer"], opt_dict["criterion"], opt_dict["device"]
losses = []
optimizer.zero_grad()
for images, labels in trn_loader:
    loss = criterion(net(images.to(device)), labels.to(device))
    loss.backward()
    losses.append(loss.item())
optimizer.step()
return sum(losses) / len(losses)
