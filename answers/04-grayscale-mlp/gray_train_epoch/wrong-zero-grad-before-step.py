# points: 0
# The gradients are set to zero between backward and step.
model.train()
total, count = 0.0, 0
for images, labels in batches:
    images, labels = images.to(DEVICE), labels.to(DEVICE)
    loss = nn.functional.cross_entropy(model(images), labels)
    loss.backward()
    optimizer.zero_grad()
    optimizer.step()
    total += loss.item() * len(labels)
    count += len(labels)
return total / count
