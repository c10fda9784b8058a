# points: 1.5
# One step for the whole epoch.
model.train()
total, count = 0.0, 0
for images, labels in batches:
    images, labels = images.to(DEVICE), labels.to(DEVICE)
    loss = nn.functional.cross_entropy(model(images), labels)
    loss.backward()
    total += loss.item() * len(labels)
    count += len(labels)
optimizer.step()
optimizer.zero_grad()
return total / count
