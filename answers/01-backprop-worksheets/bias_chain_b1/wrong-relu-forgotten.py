# points: 0.75
# The ReLU's factor is missing, so the chain has a gap.
"L/yhat",
"yhat/h",
"v/b1",
