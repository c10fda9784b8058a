# points: 1.33
# Stops before the last node.
p1=0.08,
p2=0.15,
z=0.33,
d=0.66,
e=1.935,
