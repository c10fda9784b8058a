# points: 1
# with: sig_graph = right-exp-of-plus-z
# with: sig_forward = right-exp-of-plus-z
# Through 1/e^z: the local derivative −1/u² is tinier still.
f=1, d=-1, e=-1, u=3.53e-24, z=1.88e-12, p0=1.88e-12, p1=1.88e-12,
w2=1.88e-12, w0=9.4e-12, x0=1.88e-12, w1=1.5e-11, x1=5.64e-12,
