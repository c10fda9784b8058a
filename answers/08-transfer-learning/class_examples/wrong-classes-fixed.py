# points: 0
# Always all ten classes.
places = []
for number in range(10):
    places += torch.nonzero(labels == number).flatten()[:count].tolist()
return places
