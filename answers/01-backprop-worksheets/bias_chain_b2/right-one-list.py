# points: 1
# The factors in one list.
["L/yhat", "yhat/b2"]
