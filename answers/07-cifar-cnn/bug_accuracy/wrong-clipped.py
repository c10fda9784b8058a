# points: 0
# Batches x size again, and what is left over is taken off at the wrong place.
def accuracy(batches):
    right = sum((logits.argmax(1) == labels).sum().item() for logits, labels in batches)
    size = len(batches[0][1])
    return min(1.0, right / ((len(batches) - 1) * size or size))
