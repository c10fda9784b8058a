# points: 6.4
# with: two_graph = wrong-bias-before-weights
# Marked on the student's own graph, where b_H comes before W_H; the result is another.
s=[2.5, -0.7, 0.1],
a=[0.73, -1.8, 2.22],
h=[0.73, 0, 2.22],
u=[1.256, 1.104],
o=[2.056, 0.904],
p=[0.76, 0.24],
l=1.427,
