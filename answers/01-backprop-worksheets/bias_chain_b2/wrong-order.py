# points: 0.75
# Transposed factors in the order of a row: the shapes do not fit.
"L/yhat.T",
"yhat/b2.T",
