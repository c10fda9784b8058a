# points: 0.25
# with: sig_node_graph = right-one-minus
# 1 − σ(−z).
p0=5, p1=24, z=27, n=-27, s=1.88e-12, f=1,
