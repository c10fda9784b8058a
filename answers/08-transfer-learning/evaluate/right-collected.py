# points: 1
# All logits first, then one loss.
net.eval()
with torch.no_grad():
    pairs = [(net(images.to(DEVICE)), labels.to(DEVICE)) for images, labels in loader]
logits, labels = (torch.cat(parts) for parts in zip(*pairs))
loss = nn.functional.cross_entropy(logits, labels)
return loss.item(), (logits.argmax(1) == labels).float().mean().item()
