# points: 0.45
# A percentage.
def accuracy(batches):
    right = sum((logits.argmax(1) == labels).sum().item() for logits, labels in batches)
    return 100 * right / sum(len(labels) for _, labels in batches)
