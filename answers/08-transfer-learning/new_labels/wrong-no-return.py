# points: 0
# Renumbered, and not returned.
renumbered = torch.zeros_like(labels)
for place, number in enumerate(classes):
    renumbered[labels == number] = place
