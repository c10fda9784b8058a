# points: 0.33
# A ReLU that does not belong there.
return np.maximum(0, x @ w + b), (x, w, b)
