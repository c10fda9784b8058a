# points: 2.5
# Two passes through the batches.
net.train()
losses = []
for images, labels in [*trn_loader, *trn_loader]:
    images, labels = images.to(opt_dict["device"]), labels.to(opt_dict["device"])
    opt_dict["optimizer"].zero_grad()
    loss = opt_dict["criterion"](net(images), labels)
    loss.backward()
    opt_dict["optimizer"].step()
    losses.append(loss.item())
return sum(losses) / max(len(losses), 1)
