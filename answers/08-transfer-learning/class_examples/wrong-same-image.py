# points: 0.8
# The first image of a class, again and again.
return [int(torch.nonzero(labels == number)[0]) for number in classes for _ in range(count)]
