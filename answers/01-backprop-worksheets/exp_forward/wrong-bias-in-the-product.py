# points: 1.6
# with: exp_graph = wrong-bias-in-the-product
# The slip in the first step was charged at the graph; the values follow, the result is another.
s1=0.5,
s2=0.6,
p1=0.1,
p2=0.18,
z=0.28,
d=0.56,
e=1.751,
f=0.751,
