# points: 1.5
# All batches in one.
def accuracy(batches):
    logits = torch.cat([logits for logits, _ in batches])
    labels = torch.cat([labels for _, labels in batches])
    return (logits.argmax(1) == labels).float().mean().item()
