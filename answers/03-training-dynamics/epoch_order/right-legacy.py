# points: 0.25
# NumPy's old generator.
return np.random.permutation(t.size)
