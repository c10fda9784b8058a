# points: 1.33
# Forgets "times 2"; the rest follows from it.
p1=0.08,
p2=0.15,
z=0.33,
d=0.33,
e=1.391,
f=0.391,
