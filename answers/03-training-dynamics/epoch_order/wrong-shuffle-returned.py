# points: 0
# shuffle works in place and returns None.
order = np.arange(len(t))
return rng.shuffle(order)
