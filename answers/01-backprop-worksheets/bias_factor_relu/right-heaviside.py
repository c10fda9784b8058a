# points: 1
# The step function, times the identity.
return np.eye(2) * np.heaviside(v, 0)
