# points: 0
# All factors in one string: the cell raises an error that says how to write them.
"L/yhat * yhat/h * h/v * v/b1"
