# points: 0.43
# The sign of v: −1 where the unit is off.
return np.diag(np.sign(v))
