# points: 2.5
# A bar that shows how far the loop is.
from tqdm.auto import tqdm

net.train()
losses = []
for images, labels in tqdm(loader, desc="training"):
    images, labels = images.to(DEVICE), labels.to(DEVICE)
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(net(images), labels)
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
return sum(losses) / len(losses)
