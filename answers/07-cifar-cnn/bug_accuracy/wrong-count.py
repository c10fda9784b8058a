# points: 0.3
# The number of right ones.
def accuracy(batches):
    return sum((logits.argmax(1) == labels).sum().item() for logits, labels in batches)
