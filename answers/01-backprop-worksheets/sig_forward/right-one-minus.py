# points: 1
# with: sig_graph = right-one-minus
# 1 − 1/(1 + e^z).
p0=5, p1=24, z=27, e=5.32e11, d=5.32e11, r=1.88e-12, f=1,
