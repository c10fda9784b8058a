# points: 1.11
# Weighted, but not added up.
return images * torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)
