# points: 0.7
# Written over one by one, so a new label is taken for an old one.
renumbered = labels.clone()
for place, number in enumerate(classes):
    renumbered[renumbered == number] = place
return renumbered
