# points: 3
# The network gets its own mode back afterwards.
was = model.training
model.eval()
loss, right, count = 0.0, 0, 0
with torch.no_grad():
    for images, labels in batches:
        images, labels = images.to(DEVICE), labels.to(DEVICE)
        logits = model(images)
        loss += nn.functional.cross_entropy(logits, labels, reduction="sum").item()
        right += (logits.argmax(dim=1) == labels).sum().item()
        count += len(labels)
model.train(was)
return loss / count, right / count
