# points: 1.5
# Collects all logits first.
model.eval()
with torch.no_grad():
    pairs = [(model(x.to(DEVICE)).cpu(), y) for x, y in batches]
logits, labels = torch.cat([p[0] for p in pairs]), torch.cat([p[1] for p in pairs])
model.train()
return nn.functional.cross_entropy(logits, labels).item(), (logits.argmax(1) == labels).float().mean().item()
