# points: 4
# From the functions, with constant gradients.
*bias_corrected(moving_average(np.full(100, 2.0), 0.9), 0.9)[[1, 9, 99]],
