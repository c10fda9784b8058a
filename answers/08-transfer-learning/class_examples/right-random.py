# points: 1
# Images drawn at random, each once.
places = []
for number in classes:
    there = torch.nonzero(labels == number).flatten()
    places += there[torch.randperm(len(there))[:count]].tolist()
return places
