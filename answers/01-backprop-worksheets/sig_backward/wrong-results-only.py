# points: 0.53
# The five results, without the gradients on the way that the question wants.
w0=9.4e-12, w1=1.5e-11, w2=1.88e-12, x0=1.88e-12, x1=5.64e-12,
