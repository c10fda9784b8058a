# points: 0.9
# The labels are written over.
new = [list(classes).index(label) for label in labels.tolist()]
labels[:] = torch.tensor(new)
return labels
