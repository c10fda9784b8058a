# points: 4
# with: exp_graph = right-two-sums
# with: exp_forward = right-other-graph
# A graph with one more sum.
f=1, e=1, d=1.935, z=3.87, s=3.87, p1=3.87, p2=3.87, b=3.87, w1=1.548, w2=1.935,
