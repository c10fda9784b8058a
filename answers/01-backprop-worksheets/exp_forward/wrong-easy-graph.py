# points: 0
# with: exp_graph = wrong-easy
# Worked out without a fault, on a graph that multiplies everything by 0.
s=1.5,
p1=2.25,
p2=0,
e=1,
f=0,
