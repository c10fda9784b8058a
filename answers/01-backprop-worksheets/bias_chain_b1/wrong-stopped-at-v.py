# points: 0.75
# Stopped one step early.
"L/yhat",
"yhat/h",
"h/v",
