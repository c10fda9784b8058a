# points: 0.75
# The other bias stands in the middle of an otherwise right chain.
"L/yhat",
"yhat/b2",
"yhat/h",
"h/v",
"v/b1",
