# points: 0
# The gradients as two vectors, under names the graph does not have.
w=[9.4e-12, 1.5e-11, 1.88e-12], x=[1.88e-12, 5.64e-12],
