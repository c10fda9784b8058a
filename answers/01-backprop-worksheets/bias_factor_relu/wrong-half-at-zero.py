# points: 0.85
# The slope at 0 taken as one half.
return np.diag(np.heaviside(v, 0.5))
