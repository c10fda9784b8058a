# points: 1
# with: sig_graph = right-constant-nodes
# with: sig_forward = right-constant-nodes
# One sum more; constants have no gradient.
f=1, d=-1, e=-1, n=-1.88e-12, z=1.88e-12, s=1.88e-12, a=1.88e-12, b=1.88e-12,
w2=1.88e-12, w0=9.4e-12, x0=1.88e-12, w1=1.5e-11, x1=5.64e-12,
