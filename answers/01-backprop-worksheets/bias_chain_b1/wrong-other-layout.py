# points: 1.5
# The order of a column without any transpose.
"v/b1",
"h/v",
"yhat/h",
"L/yhat",
