# points: 2
# A column; the identity and the diagonal matrix are their own transposes.
"v/b1",
"h/v",
"yhat/h.T",
"L/yhat.T",
