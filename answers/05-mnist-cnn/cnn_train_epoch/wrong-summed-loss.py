# points: 1.65
# The loss of a batch is a sum, so steps grow with the batch.
model.train()
total, count = 0.0, 0
for images, labels in batches:
    images, labels = images.to(DEVICE), labels.to(DEVICE)
    loss = nn.functional.cross_entropy(model(images), labels, reduction="sum")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    total += loss.item()
    count += len(labels)
return total / count
