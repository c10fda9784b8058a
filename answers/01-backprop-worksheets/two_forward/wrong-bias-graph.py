# points: 5.49
# with: two_graph = wrong-no-hidden-bias
# Marked on the student's own graph, which lacks the hidden bias; the result is another.
v=[0.5, -1.6, 1.9],
h=[0.5, 0, 1.9],
u=[1.05, 0.87],
o=[1.85, 0.67],
p=[0.765, 0.235],
l=1.448,
