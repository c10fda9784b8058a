# points: 0.16
# The five results of question 3, copied without the way there.
w0=9.4e-12, w1=1.5e-11, w2=1.88e-12, x0=1.88e-12, x1=5.64e-12,
