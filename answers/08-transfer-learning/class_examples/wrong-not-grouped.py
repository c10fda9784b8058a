# points: 0.76
# The right images in the order of the data.
places = []
for number in classes:
    places += torch.nonzero(labels == number).flatten()[:count].tolist()
return sorted(places)
