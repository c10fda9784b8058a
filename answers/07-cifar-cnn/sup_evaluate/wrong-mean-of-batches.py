# points: 1.6
# The mean of the batches' means, for both.
net.eval()
criterion, device = opt_dict["criterion"], opt_dict["device"]
loss = right = count = 0
with torch.no_grad():
    for images, labels in loader:
        labels = labels.to(device)
        logits = net(images.to(device))
        loss += criterion(logits, labels).item()
        right += (logits.argmax(1) == labels).float().mean().item()
        count += 1
return loss / count, right / count
