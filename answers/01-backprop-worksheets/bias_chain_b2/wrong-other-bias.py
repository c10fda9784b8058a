# points: 0
# The bias of the other layer.
"L/yhat",
"yhat/b1",
