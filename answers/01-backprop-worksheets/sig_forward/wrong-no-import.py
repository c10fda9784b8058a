# points: 0
# math is not imported, so the call fails.
p0=5, p1=24, z=27, n=-27, e=math.exp(-27), d=1, f=1,
