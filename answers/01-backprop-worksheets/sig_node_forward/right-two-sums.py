# points: 0.25
# with: sig_node_graph = right-two-sums
# The values of a graph with sums of two.
a=5, b=24, c=22, z=27, out=1,
