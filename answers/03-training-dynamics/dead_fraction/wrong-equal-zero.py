# points: 0.11
# Takes Z for the values after the ReLU.
return np.mean(np.all(Z == 0, axis=0))
