# points: 0.6
# One list, four times.
*[[[1, 1], [1, 1]]] * 4
