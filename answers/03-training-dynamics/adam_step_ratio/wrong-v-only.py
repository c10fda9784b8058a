# points: 1.4
# Only v.
return 1 / np.sqrt(1 - beta2**t)
