# points: 3
# Means weighted with the batches' sizes.
model.eval()
losses, hits, sizes = [], [], []
with torch.no_grad():
    for x, y in batches:
        z = model(x.to(DEVICE))
        losses.append(nn.functional.cross_entropy(z, y.to(DEVICE)).item() * len(y))
        hits.append((z.argmax(1).cpu() == y).float().sum().item())
        sizes.append(len(y))
return sum(losses) / sum(sizes), sum(hits) / sum(sizes)
