# points: 0.13
# with: sig_node_graph = wrong-steps-again
# with: sig_node_forward = wrong-steps-again
# The gradients of the first graph: right, but σ' is not used.
f=1, d=-1, e=-1, n=-1.88e-12, z=1.88e-12, p0=1.88e-12, p1=1.88e-12,
w2=1.88e-12, w0=9.4e-12, x0=1.88e-12, w1=1.5e-11, x1=5.64e-12,
