# points: 0
# Zeros agree with each other.
return 0.0, np.zeros(x.shape)
