# points: 0.25
# Through the ReLU.
H = np.maximum(0, Z)
return np.mean(H.sum(axis=0) == 0)
