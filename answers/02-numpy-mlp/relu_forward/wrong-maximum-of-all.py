# points: 0
# The maximum of the whole array.
return max(0, np.max(x)), x
