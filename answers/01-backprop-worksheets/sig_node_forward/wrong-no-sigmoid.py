# points: 0.15
# f is the sum itself; σ is not applied.
p0=5, p1=24, z=27, f=27,
