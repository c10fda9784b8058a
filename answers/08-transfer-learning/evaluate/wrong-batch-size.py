# points: 0.64
# Divided by batches times batch size.
net.eval()
loss = right = count = 0
with torch.no_grad():
    for images, labels in loader:
        images, labels = images.to(DEVICE), labels.to(DEVICE)
        logits = net(images)
        loss += nn.functional.cross_entropy(logits, labels, reduction="sum").item()
        right += (logits.argmax(1) == labels).sum().item()
        count += len(labels)
return loss / (len(loader) * loader.batch_size), right / (len(loader) * loader.batch_size)
