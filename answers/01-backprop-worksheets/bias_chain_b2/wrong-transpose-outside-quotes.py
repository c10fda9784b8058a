# points: 0
# .T outside the quotes: Python raises an error.
"yhat/b2".T,
"L/yhat".T,
