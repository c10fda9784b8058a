# points: 1
# All factors, the ReLU and the linear layer exchanged.
"L/yhat",
"h/v",
"yhat/h",
"v/b1",
