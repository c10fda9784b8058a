# points: 1
# It learns from what it should only look at.
model.eval()
loss, right, count = 0.0, 0, 0
if True:
    for images, labels in batches:
        images, labels = images.to(DEVICE), labels.to(DEVICE)
        logits = model(images)
        loss += nn.functional.cross_entropy(logits, labels).item() * len(labels)
        nn.functional.cross_entropy(logits, labels).backward()
        for p in model.parameters():
            p.data -= 0.1 * p.grad
        right += (logits.argmax(1) == labels).sum().item()
        count += len(labels)
return loss / count, right / count
