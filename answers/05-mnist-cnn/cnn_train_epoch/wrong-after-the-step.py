# points: 1.9
# The loss is computed again, after the step.
model.train()
total, count = 0.0, 0
for images, labels in batches:
    images, labels = images.to(DEVICE), labels.to(DEVICE)
    loss = nn.functional.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    with torch.no_grad():
        total += nn.functional.cross_entropy(model(images), labels).item() * len(labels)
    count += len(labels)
return total / count
