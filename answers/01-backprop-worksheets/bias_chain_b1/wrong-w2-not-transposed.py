# points: 1.5
# A column in which the linear layer is not transposed.
"v/b1.T",
"h/v.T",
"yhat/h",
"L/yhat.T",
