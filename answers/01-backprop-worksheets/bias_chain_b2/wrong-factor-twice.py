# points: 0.25
# A factor stands there twice.
"L/yhat",
"L/yhat",
"yhat/b2",
