# points: 0
# A formula that holds for labels ±1 only.
return 0.5 * (1 - np.mean(t) ** 2)
