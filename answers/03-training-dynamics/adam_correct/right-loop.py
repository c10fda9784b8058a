# points: 3
# A loop.
corrected = np.empty_like(m)
for t in range(len(m)):
    corrected[t] = m[t] / (1 - beta ** (t + 1))
return corrected
