# points: 2
# Rounded to three significant digits at every step.
p1=0.0800,
p2=0.150,
z=0.330,
d=0.660,
e=1.93,
f=0.930,
