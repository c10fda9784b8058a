# points: 1
# Compared with all classes at once.
return (labels[:, None] == torch.tensor(list(classes))).int().argmax(dim=1)
