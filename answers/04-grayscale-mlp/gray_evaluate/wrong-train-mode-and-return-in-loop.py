# points: 0.66
# The first batch alone, with the dropout on.
model.train()
loss, right, count = 0.0, 0, 0
with torch.no_grad():
    for images, labels in batches:
        images, labels = images.to(DEVICE), labels.to(DEVICE)
        logits = model(images)
        loss += nn.functional.cross_entropy(logits, labels, reduction="sum").item()
        right += (logits.argmax(dim=1) == labels).sum().item()
        count += len(labels)
        return loss / count, right / count
