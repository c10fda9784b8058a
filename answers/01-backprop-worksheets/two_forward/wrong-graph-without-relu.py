# points: 5.49
# with: two_graph = wrong-no-relu
# Marked on the student's own graph, which lacks the ReLU; the result is another.
v=[0.5, -1.6, 1.9],
a=[1.0, -1.3, 2.0],
u=[0.29, 0.94],
o=[1.09, 0.74],
p=[0.587, 0.413],
l=0.883,
