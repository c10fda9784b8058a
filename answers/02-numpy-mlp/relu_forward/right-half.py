# points: 0.2
# As half of x + |x|.
return (x + np.abs(x)) / 2, x
