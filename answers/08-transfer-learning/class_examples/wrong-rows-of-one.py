# points: 0.88
# Each place is a tensor of one number.
places = []
for number in classes:
    places += [place for place in torch.nonzero(labels == number)[:count]]
return places
