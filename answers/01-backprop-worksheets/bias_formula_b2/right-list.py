# points: 1
# Entry by entry, as a list.
return [-2 * (t[0] - yhat[0]), -2 * (t[1] - yhat[1])]
