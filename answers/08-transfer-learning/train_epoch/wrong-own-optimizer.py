# points: 0
# An optimizer of its own, with another learning rate.
net.train()
optimizer = torch.optim.Adam(net.parameters(), lr=0.001)
losses = []
for images, labels in loader:
    images, labels = images.to(DEVICE), labels.to(DEVICE)
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(net(images), labels)
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
return sum(losses) / len(losses)
