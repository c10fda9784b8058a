# points: 0.5
# From the sizes of arrays.
return np.zeros((filters, size, size, channels)).size + np.zeros(filters).size
