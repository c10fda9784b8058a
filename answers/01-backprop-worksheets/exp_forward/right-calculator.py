# points: 2
# Full precision, as a calculator shows it.
p1=0.2 * 0.4,
p2=0.3 * 0.5,
z=0.33,
d=0.66,
e=1.9347923344020317,
f=0.9347923344020317,
