# points: 0.5
# The mean probability of the right class in the place of the accuracy.
model.eval()
loss, right, count = 0.0, 0, 0
with torch.no_grad():
    for images, labels in batches:
        images, labels = images.to(DEVICE), labels.to(DEVICE)
        logits = model(images)
        loss += nn.functional.cross_entropy(logits, labels).item() * len(labels)
        right += torch.softmax(logits, 1)[range(len(labels)), labels].sum().item()
        count += len(labels)
return loss / count, right / count
