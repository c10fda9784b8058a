# points: 0.5
# The optimizer never takes a step.
net.train()
losses = []
for images, labels in loader:
    images, labels = images.to(DEVICE), labels.to(DEVICE)
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(net(images), labels)
    loss.backward()
    losses.append(loss.item())
return sum(losses) / len(losses)
