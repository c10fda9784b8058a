# points: 2.15
# Gradients are never set to zero.
net.train()
losses = []
for images, labels in loader:
    images, labels = images.to(DEVICE), labels.to(DEVICE)
    loss = nn.functional.cross_entropy(net(images), labels)
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
return sum(losses) / len(losses)
