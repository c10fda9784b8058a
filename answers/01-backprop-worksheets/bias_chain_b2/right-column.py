# points: 1
# As a column, both factors transposed.
"yhat/b2.T",
"L/yhat.T",
