# points: 2
# with: exp_graph = right-two-sums
# The values belong to a graph with one more node.
p1=0.08,
p2=0.15,
s=0.23,
z=0.33,
d=0.66,
e=1.935,
f=0.935,
