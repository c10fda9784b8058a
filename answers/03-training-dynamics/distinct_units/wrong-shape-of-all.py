# points: 0
# How many units, copies or not.
return W.shape[1]
