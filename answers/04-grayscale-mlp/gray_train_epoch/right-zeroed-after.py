# points: 5
# Gradients set to zero after the step, and once before the loop.
model.train()
optimizer.zero_grad()
total = 0.0
for x, y in batches:
    x, y = x.to(DEVICE), y.to(DEVICE)
    loss = nn.functional.cross_entropy(model(x), y)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    total += loss.item() * x.size(0)
return total / len(batches.dataset)
