# points: 0.2
# Seeds anew in every call.
return np.random.default_rng(0).permutation(len(t))
