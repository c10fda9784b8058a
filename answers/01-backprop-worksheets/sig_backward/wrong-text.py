# points: 0.2
# 10^(−12) in quotes: the cell says so, and that entry stays blank.
f=1, d=-1, e=-1, n="-1.88*10^-12", z="1.88*10^-12",
