# points: 0.93
# with: sig_graph = wrong-no-minus
# with: sig_forward = wrong-no-minus
# A graph of 1/(1 + e^z): its own gradients are right, but there is one less to work out.
f=1, d=-3.53e-24, e=-3.53e-24, z=-1.88e-12, p0=-1.88e-12, p1=-1.88e-12,
w2=-1.88e-12, w0=-9.4e-12, x0=-1.88e-12, w1=-1.5e-11, x1=-5.64e-12,
