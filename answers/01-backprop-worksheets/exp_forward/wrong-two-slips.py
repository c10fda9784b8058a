# points: 1.07
# 0.2 · 0.4 = 0.8 and 1 not subtracted: two slips, each paid once, and the result.
p1=0.8,
p2=0.15,
z=1.05,
d=2.1,
e=8.166,
f=8.166,
