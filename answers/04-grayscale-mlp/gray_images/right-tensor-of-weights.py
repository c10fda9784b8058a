# points: 3
# The weights as a tensor, and a sum over the channels.
weights = torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)
return (images * weights).sum(dim=1, keepdim=True)
