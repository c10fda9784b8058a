# points: 0
# The size of the last batch for all.
def accuracy(batches):
    right = sum((logits.argmax(1) == labels).sum().item() for logits, labels in batches)
    return right / (len(batches) * len(batches[-1][1]))
