# points: 2
# As a row.
"L/yhat",
"yhat/h",
"h/v",
"v/b1",
