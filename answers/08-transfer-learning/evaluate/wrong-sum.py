# points: 0.79
# The loss added up and not divided.
net.eval()
loss = right = count = 0
with torch.no_grad():
    for images, labels in loader:
        images, labels = images.to(DEVICE), labels.to(DEVICE)
        logits = net(images)
        loss += nn.functional.cross_entropy(logits, labels, reduction="sum").item()
        right += (logits.argmax(1) == labels).sum().item()
        count += len(labels)
return loss, right / count
