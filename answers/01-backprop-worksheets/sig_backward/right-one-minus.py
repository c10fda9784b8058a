# points: 1
# with: sig_graph = right-one-minus
# with: sig_forward = right-one-minus
# Through 1 − 1/(1 + e^z).
f=1, r=-1, d=3.53e-24, e=3.53e-24, z=1.88e-12, p0=1.88e-12, p1=1.88e-12,
w2=1.88e-12, w0=9.4e-12, x0=1.88e-12, w1=1.5e-11, x1=5.64e-12,
