# points: 1
# With torch.logsumexp.
return (torch.logsumexp(logits, dim=1) - logits[range(len(labels)), labels]).mean()
