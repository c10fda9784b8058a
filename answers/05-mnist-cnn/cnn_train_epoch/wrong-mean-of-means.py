# points: 1.94
# The mean of the batches' means.
model.train()
total, count = 0.0, 0
for images, labels in batches:
    images, labels = images.to(DEVICE), labels.to(DEVICE)
    loss = nn.functional.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    total += loss.item()
    count += 1
return total / count
