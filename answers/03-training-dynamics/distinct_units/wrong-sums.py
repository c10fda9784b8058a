# points: 0.0
# Compares the sums of the columns, with the bias left out, and counts those that have no copy.
sums = np.round(W.sum(axis=0), 8)
return sum(1 for s in sums if np.sum(sums == s) == 1)
