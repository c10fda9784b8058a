# points: 0
# Above and below the line exchanged.
"b1/v",
"v/h",
"h/yhat",
"yhat/L",
