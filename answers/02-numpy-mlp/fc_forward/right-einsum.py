# points: 0.5
# With einsum.
return np.einsum("nd,dm->nm", x, w) + b, (x, w, b)
