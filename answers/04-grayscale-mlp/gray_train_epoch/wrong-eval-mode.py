# points: 4
# Train mode is forgotten, or taken for eval.
model.eval()
total, count = 0.0, 0
for images, labels in batches:
    images, labels = images.to(DEVICE), labels.to(DEVICE)
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(model(images), labels)
    loss.backward()
    optimizer.step()
    total += loss.item() * len(labels)
    count += len(labels)
return total / count
