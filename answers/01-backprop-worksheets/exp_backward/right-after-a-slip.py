# points: 4
# with: exp_forward = wrong-two-slips
# Wrong values were paid for in the forward pass; these gradients follow from them.
f=1, e=1, d=8.166, z=16.33, p1=16.33, p2=16.33, b=16.33, w1=6.533, w2=8.166,
