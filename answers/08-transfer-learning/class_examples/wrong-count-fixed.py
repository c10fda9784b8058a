# points: 0.64
# Always six.
places = []
for number in classes:
    places += torch.nonzero(labels == number).flatten()[:6].tolist()
return places
