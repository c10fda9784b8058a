# points: 0.88
# + 2 instead of − 2 in the sum; f is saturated and hides it.
p0=5, p1=24, z=31, n=-31, e=3.44e-14, d=1, f=1,
