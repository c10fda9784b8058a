# points: 0.15
# Shuffles each class by itself.
negative, positive = np.where(t < 0)[0], np.where(t > 0)[0]
return np.concatenate([rng.permutation(negative), rng.permutation(positive)])
