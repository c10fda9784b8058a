# points: 0.58
# One image a class.
return [torch.nonzero(labels == number)[0].item() for number in classes]
