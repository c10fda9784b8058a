# points: 0
# Only the accuracy is returned.
net.eval()
criterion, device = opt_dict["criterion"], opt_dict["device"]
loss = right = count = 0
with torch.no_grad():
    for images, labels in loader:
        labels = labels.to(device)
        logits = net(images.to(device))
        loss += criterion(logits, labels).item() * len(labels)
        right += (logits.argmax(1) == labels).sum().item()
        count += len(labels)
return right / count
