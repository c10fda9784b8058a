# points: 0.25
# with: sig_node_graph = right-one-minus
# with: sig_node_forward = right-one-minus
# Through 1 − σ(−z).
f=1, s=-1, n=-1.88e-12, z=1.88e-12, p0=1.88e-12, p1=1.88e-12, w2=1.88e-12,
w0=9.4e-12, x0=1.88e-12, w1=1.5e-11, x1=5.64e-12,
