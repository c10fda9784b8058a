# points: 1
# Python as the calculator.
p0=1 * 5, p1=3 * 8, z=5 + 24 - 2, n=-27,
e=np.exp(-27),
d=1 + np.exp(-27),
f=1 / (1 + np.exp(-27)),
