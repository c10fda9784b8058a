# points: 0.25
# with: sig_node_forward = wrong-bias-forgotten
# From z = 29, which was paid for in the forward pass.
f=1, z=2.54e-13, p0=2.54e-13, p1=2.54e-13, w2=2.54e-13,
w0=1.27e-12, x0=2.54e-13, w1=2.03e-12, x1=7.63e-13,
