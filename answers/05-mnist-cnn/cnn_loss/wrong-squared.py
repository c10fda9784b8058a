# points: 0
# The squared error.
return ((torch.softmax(logits, 1) - nn.functional.one_hot(labels, 10)) ** 2).mean()
