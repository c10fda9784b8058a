# points: 0.64
# The sign turned.
return (logits[range(len(labels)), labels] - torch.logsumexp(logits, dim=1)).mean()
