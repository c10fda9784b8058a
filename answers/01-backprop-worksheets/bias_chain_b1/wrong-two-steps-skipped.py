# points: 0.67
# The chain rule used once only.
"L/yhat",
"yhat/b1",
