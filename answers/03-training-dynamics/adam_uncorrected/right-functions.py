# points: 6
# From the function, with constant gradients.
*moving_average(np.full(100, 2.0), 0.9)[[1, 9, 99]],
