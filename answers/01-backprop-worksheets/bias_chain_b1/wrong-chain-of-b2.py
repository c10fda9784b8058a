# points: 0
# The chain of the other question copied.
"yhat/b2.T",
"L/yhat.T",
