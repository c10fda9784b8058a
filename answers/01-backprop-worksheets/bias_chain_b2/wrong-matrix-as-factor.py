# points: 0
# W2 is no quantity of this derivation; the cell raises an error that says so.
"L/yhat",
"yhat/W2",
