# points: 2.15
# One step for the whole epoch.
net.train()
losses = []
optimizer.zero_grad()
for images, labels in loader:
    loss = nn.functional.cross_entropy(net(images.to(DEVICE)), labels.to(DEVICE))
    loss.backward()
    losses.append(loss.item())
optimizer.step()
return sum(losses) / len(losses)
