# points: 1
# with: sig_forward = wrong-power-of-ten
# From the wrong forward value e = 10^(−27), which was paid for there.
f=1, d=-1, e=-1, n=-1e-27, z=1e-27, p0=1e-27, p1=1e-27,
w2=1e-27, w0=5e-27, x0=1e-27, w1=8e-27, x1=3e-27,
