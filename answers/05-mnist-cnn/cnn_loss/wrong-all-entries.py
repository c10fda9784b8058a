# points: 0.64
# Divided by all entries of the batch.
hot = nn.functional.one_hot(labels, 10)
return -(hot * torch.log_softmax(logits, dim=1)).mean()
