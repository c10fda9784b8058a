# points: 0.25
# with: sig_node_graph = right-two-sums
# with: sig_node_forward = right-two-sums
# A graph with sums of two.
out=1, z=1.88e-12, a=1.88e-12, c=1.88e-12, b=1.88e-12, w2=1.88e-12,
w0=9.4e-12, x0=1.88e-12, w1=1.5e-11, x1=5.64e-12,
