# points: 3
# All logits first, then the numbers.
model.eval()
with torch.inference_mode():
    pairs = [(model(x.to(DEVICE)), y.to(DEVICE)) for x, y in batches]
    logits, labels = torch.cat([z for z, _ in pairs]), torch.cat([y for _, y in pairs])
    loss = nn.functional.cross_entropy(logits, labels).item()
    return loss, (logits.argmax(dim=1) == labels).float().mean().item()
