# points: 3.95
# The gradients are never set to zero.
model.train()
total, count = 0.0, 0
for images, labels in batches:
    images, labels = images.to(DEVICE), labels.to(DEVICE)
    loss = nn.functional.cross_entropy(model(images), labels)
    loss.backward()
    optimizer.step()
    total += loss.item() * len(labels)
    count += len(labels)
return total / count
