# points: 0
# PyTorch's own loss, which was not to be used.
return nn.functional.cross_entropy(logits, labels)
