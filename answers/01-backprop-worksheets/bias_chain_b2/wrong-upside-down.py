# points: 0
# Above and below the line exchanged.
"yhat/L",
"b2/yhat",
