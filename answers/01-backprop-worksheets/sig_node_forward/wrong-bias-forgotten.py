# points: 0.2
# z without w2; f is saturated and hides it.
p0=5, p1=24, z=29, f=1,
