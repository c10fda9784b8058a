# points: 2.1
# A step on the last batch, after it was counted.
model.eval()
loss, right, count = 0.0, 0, 0
with torch.no_grad():
    for images, labels in batches:
        images, labels = images.to(DEVICE), labels.to(DEVICE)
        logits = model(images)
        loss += nn.functional.cross_entropy(logits, labels, reduction="sum").item()
        right += (logits.argmax(dim=1) == labels).sum().item()
        count += len(labels)
step = torch.optim.SGD(model.parameters(), lr=0.01)
step.zero_grad()
nn.functional.cross_entropy(model(images), labels).backward()
step.step()
return loss / count, right / count
