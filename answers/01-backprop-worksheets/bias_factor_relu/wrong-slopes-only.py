# points: 0.57
# The slopes as a vector instead of the matrix.
return (v > 0).astype(float)
