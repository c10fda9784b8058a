# points: 0.25
# A shuffled range.
order = np.arange(t.shape[0])
rng.shuffle(order)
return order
