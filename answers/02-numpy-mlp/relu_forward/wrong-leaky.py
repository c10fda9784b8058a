# points: 0
# A leaky ReLU.
return np.where(x > 0, x, 0.01 * x), x
