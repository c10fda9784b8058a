# points: 2
# with: exp_graph = right-squared-exponential
# e^0.33 squared.
p1=0.08, p2=0.15, z=0.33, e=1.391, s=1.935, f=0.935,
