# points: 0.25
# The mean is the best constant.
c = t.mean()
return ((c - t) ** 2).mean() / 2
