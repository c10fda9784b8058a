# points: 1.6
# with: exp_graph = wrong-weights-added
# Marked on the student's own graph, which adds the weights; the result is another.
s1=0.6,
s2=0.8,
z=1.5,
d=3,
e=20.1,
f=19.1,
