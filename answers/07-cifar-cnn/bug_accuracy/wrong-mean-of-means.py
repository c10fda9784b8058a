# points: 0.6
# The mean of the batches' accuracies.
def accuracy(batches):
    shares = [(logits.argmax(1) == labels).float().mean().item() for logits, labels in batches]
    return sum(shares) / len(shares)
