# points: 2
# As a column.
"v/b1.T",
"h/v.T",
"yhat/h.T",
"L/yhat.T",
