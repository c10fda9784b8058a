# points: 2
# A loss as an object; the sum over the batch is kept.
model.train()
criterion = nn.CrossEntropyLoss()
total, count = 0.0, 0
for images, labels in batches:
    images, labels = images.to(DEVICE), labels.to(DEVICE)
    loss = criterion(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    total += loss.detach().cpu() * labels.size(0)
    count += len(labels)
return float(total / count)
