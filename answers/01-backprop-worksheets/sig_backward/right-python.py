# points: 1
# Python as the calculator, with −1/d² as it stands.
f=1,
d=-1 / (1 + np.exp(-27)) ** 2,
e=-1 / (1 + np.exp(-27)) ** 2,
**{name: np.exp(-27) / (1 + np.exp(-27)) ** 2 for name in ("z", "p0", "p1", "w2", "x0")},
n=-np.exp(-27) / (1 + np.exp(-27)) ** 2,
w0=5 * np.exp(-27), w1=8 * np.exp(-27), x1=3 * np.exp(-27),
