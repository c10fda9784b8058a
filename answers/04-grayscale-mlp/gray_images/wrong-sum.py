# points: 0.84
# The colours added up.
return images.sum(dim=1, keepdim=True)
