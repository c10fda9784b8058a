# points: 0.9
# Right numbers, but the logits are changed.
logits -= logits.max(dim=1, keepdim=True).values
return (torch.log(torch.exp(logits).sum(dim=1)) - logits[range(len(labels)), labels]).mean()
