# points: 0
# The inverse: the way back is not the inverse map.
return np.linalg.inv(W2)
