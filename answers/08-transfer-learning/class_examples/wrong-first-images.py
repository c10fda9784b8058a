# points: 0
# The first images, whatever they show.
return list(range(count * len(list(classes))))
