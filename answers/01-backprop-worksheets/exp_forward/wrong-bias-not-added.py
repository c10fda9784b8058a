# points: 1.33
# The sum leaves the bias out although the graph has it.
p1=0.08,
p2=0.15,
z=0.23,
d=0.46,
e=1.584,
f=0.584,
