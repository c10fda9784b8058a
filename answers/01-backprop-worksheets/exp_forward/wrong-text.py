# points: 0.27
# A number in quotes: the cell says so, and that entry stays blank.
p1="0.08",
p2=0.15,
