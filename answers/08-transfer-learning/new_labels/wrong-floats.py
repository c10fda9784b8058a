# points: 0.9
# Numbers that are not whole.
renumbered = torch.zeros(len(labels))
for place, number in enumerate(classes):
    renumbered[labels == number] = place
return renumbered
