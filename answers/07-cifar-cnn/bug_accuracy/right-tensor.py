# points: 1.5
# A tensor is returned.
def accuracy(batches):
    hits = [logits.max(1).indices == labels for logits, labels in batches]
    return torch.cat(hits).double().mean()
