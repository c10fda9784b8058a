# points: 0.7
# with: sig_graph = wrong-no-minus
# The values of 1/(1 + e^z): they follow, but the result is another and a step is missing.
p0=5, p1=24, z=27, e=5.32e11, d=5.32e11, f=1.88e-12,
