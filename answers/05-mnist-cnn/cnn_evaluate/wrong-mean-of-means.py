# points: 1.05
# The mean of the batches' means, with a short last batch.
model.eval()
loss, right, count = 0.0, 0, 0
with torch.no_grad():
    for images, labels in batches:
        images, labels = images.to(DEVICE), labels.to(DEVICE)
        logits = model(images)
        loss += nn.functional.cross_entropy(logits, labels).item()
        right += (logits.argmax(1) == labels).float().mean().item()
        count += 1
return loss / count, right / count
