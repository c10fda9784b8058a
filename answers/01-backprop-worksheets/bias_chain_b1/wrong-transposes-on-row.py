# points: 1.5
# A row with every factor transposed.
"L/yhat.T",
"yhat/h.T",
"h/v.T",
"v/b1.T",
