# points: 0
# The squares, not differentiated.
return (t - yhat) ** 2
