# points: 0.25
# Transposed, different rows.
units = np.column_stack([W.T, b])
return len(np.unique(units.round(8), axis=0))
