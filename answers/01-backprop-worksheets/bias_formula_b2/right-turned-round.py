# points: 1
# ŷ − t with a plus.
return 2 * (yhat - t)
