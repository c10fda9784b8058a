# points: 2.5
# Gradients set to zero after each step, and once at the start.
net.train()
optimizer.zero_grad()
losses = []
for images, labels in loader:
    images, labels = images.to(DEVICE), labels.to(DEVICE)
    loss = nn.functional.cross_entropy(net(images), labels)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    losses.append(loss.item())
return sum(losses) / len(losses)
