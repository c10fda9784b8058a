# points: 1
# A loop over the diagonal.
jacobian = np.zeros((len(v), len(v)))
for i, entry in enumerate(v):
    if entry > 0:
        jacobian[i, i] = 1
return jacobian
