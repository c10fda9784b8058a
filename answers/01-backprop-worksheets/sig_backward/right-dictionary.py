# points: 1
# A dictionary, tiny numbers as decimals.
{name: 0.00000000000188 for name in ("z", "p0", "p1", "w2", "x0")},
f=1, d=-1, e=-1, n=-0.00000000000188, w0=0.0000000000094, w1=0.000000000015, x1=0.00000000000564,
