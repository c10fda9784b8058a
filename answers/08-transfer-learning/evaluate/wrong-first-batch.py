# points: 0.52
# A return inside of the loop.
net.eval()
loss = right = count = 0
with torch.no_grad():
    for images, labels in loader:
        images, labels = images.to(DEVICE), labels.to(DEVICE)
        logits = net(images)
        loss += nn.functional.cross_entropy(logits, labels, reduction="sum").item()
        right += (logits.argmax(1) == labels).sum().item()
        count += len(labels)
        return loss / count, right / count
return loss / count, right / count
