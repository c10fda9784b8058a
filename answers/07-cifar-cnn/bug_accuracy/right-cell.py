# points: 1.5
# cell
# Mended in place.
def accuracy(batches):
    right = count = 0
    for logits, labels in batches:
        right += (logits.argmax(dim=1) == labels).sum().item()
        count += len(labels)
    return right / count
