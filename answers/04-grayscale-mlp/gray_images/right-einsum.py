# points: 3
# As an Einstein sum.
weights = torch.tensor([0.299, 0.587, 0.114], dtype=images.dtype)
return torch.einsum("nchw,c->nhw", images, weights).unsqueeze(1)
