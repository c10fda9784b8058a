# points: 1
# A tensor of places in the place of a list.
return torch.cat([torch.where(labels == number)[0][:count] for number in classes])
