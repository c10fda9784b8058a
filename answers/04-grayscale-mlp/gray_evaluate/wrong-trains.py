# points: 1.2
# It takes a step as well.
model.eval()
loss, right, count = 0.0, 0, 0
step = torch.optim.SGD(model.parameters(), lr=0.01)
with torch.enable_grad():
    for images, labels in batches:
        images, labels = images.to(DEVICE), labels.to(DEVICE)
        logits = model(images)
        loss += nn.functional.cross_entropy(logits, labels, reduction="sum").item()
        step.zero_grad()
        nn.functional.cross_entropy(model(images), labels).backward()
        step.step()
        right += (logits.argmax(dim=1) == labels).sum().item()
        count += len(labels)
return loss / count, right / count
