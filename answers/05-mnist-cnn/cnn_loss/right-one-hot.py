# points: 1
# With one-hot labels.
m = logits.max(dim=1, keepdim=True)[0]
log_p = logits - m - torch.log(torch.sum(torch.exp(logits - m), dim=1, keepdim=True))
hot = nn.functional.one_hot(labels, 10)
return -(hot * log_p).sum() / len(labels)
