# points: 0.9
# By indices.
x, w, _ = cache
return np.einsum("nm,dm->nd", dout, w), np.einsum("nd,nm->dm", x, dout), np.einsum("nm->m", dout)
