# points: 0.2
# Not dead at exactly 0.
return np.mean(np.all(Z < 0, axis=0))
