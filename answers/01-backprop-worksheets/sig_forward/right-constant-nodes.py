# points: 1
# with: sig_graph = right-constant-nodes
# The values of a graph with constants as nodes, which need no value.
a=5, b=24, s=29, z=27, n=-27, e=0.00000000000188, d=1, f=1,
