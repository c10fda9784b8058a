# points: 3
# A running sum, gradients set to None.
net.train()
optimizer, criterion, device = opt_dict["optimizer"], opt_dict["criterion"], opt_dict["device"]
total = 0.0
for images, labels in trn_loader:
    optimizer.zero_grad(set_to_none=True)
    loss = criterion(net(images.to(device)), labels.to(device))
    loss.backward()
    optimizer.step()
    total += loss.item()
return total / len(trn_loader)
