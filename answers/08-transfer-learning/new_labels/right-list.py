# points: 1
# Looked up in the list of classes.
return torch.tensor([list(classes).index(int(label)) for label in labels])
