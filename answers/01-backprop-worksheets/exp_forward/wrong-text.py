# points: 0
# A number in quotes: the cell says so, and nothing is written.
p1="0.08",
p2=0.15,
