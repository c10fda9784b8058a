# points: 0.13
# with: sig_node_graph = wrong-steps-again
# The numbers of the first graph: right, but σ is not one step.
p0=5, p1=24, z=27, n=-27, e=1.88e-12, d=1, f=1,
