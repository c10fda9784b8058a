# points: 0.25
# Stopped after the loss.
"L/yhat",
