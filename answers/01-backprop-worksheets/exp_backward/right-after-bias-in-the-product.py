# points: 4
# with: exp_graph = wrong-bias-in-the-product
# with: exp_forward = wrong-bias-in-the-product
# The gradients of the student's own graph; b comes in twice.
f=1,
e=1,
d=1.751,
z=3.502,
p1=3.502,
p2=3.502,
s1=0.700,
s2=1.051,
w1=1.751,
w2=2.101,
b=1.751,
