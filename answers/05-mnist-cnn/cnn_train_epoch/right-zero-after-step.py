# points: 2
# Zeroes the gradients at the end of each step, and before the first.
model.train()
total, count = 0.0, 0
optimizer.zero_grad()
for images, labels in batches:
    images, labels = images.to(DEVICE), labels.to(DEVICE)
    loss = nn.functional.cross_entropy(model(images), labels)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    total += loss.item() * len(labels)
    count += len(labels)
return total / count
