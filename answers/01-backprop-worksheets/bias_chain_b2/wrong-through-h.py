# points: 0
# b2 is taken for a part of the hidden layer.
"L/yhat",
"yhat/h",
"h/b2",
