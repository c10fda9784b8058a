# points: 1
# All digits, with the tiny part of d and f.
p0=5.0, p1=24.0, z=27.0, n=-27.0,
e=1.8795288165390832e-12,
d=1.00000000000187953,
f=0.99999999999812047,
