# points: 2
# The losses are kept with their graphs: right numbers, and the memory fills.
model.train()
total, count = 0.0, 0
for images, labels in batches:
    images, labels = images.to(DEVICE), labels.to(DEVICE)
    loss = nn.functional.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    total = total + loss * len(labels)
    count += len(labels)
return (total / count).item()
