# points: 0.88
# The column that nonzero gives, not made flat.
return torch.cat([torch.nonzero(labels == number)[:count] for number in classes])
