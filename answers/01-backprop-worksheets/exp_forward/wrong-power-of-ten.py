# points: 1.33
# The calculator's 10^x key.
p1=0.08,
p2=0.15,
z=0.33,
d=0.66,
e=4.571,
f=3.571,
