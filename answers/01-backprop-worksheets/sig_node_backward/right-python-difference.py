# points: 0.25
# f (1 − f) in Python, which loses digits but keeps enough of them.
f=1,
**{name: 1 / (1 + np.exp(-27)) * (1 - 1 / (1 + np.exp(-27))) for name in ("z", "p0", "p1", "w2", "x0")},
w0=9.4e-12, w1=1.5e-11, x1=5.64e-12,
