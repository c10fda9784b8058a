# points: 0
# One-hot rows.
return (labels[:, None] == torch.tensor(list(classes))).long()
