# points: 1
# As a row, without transposes.
"L/yhat",
"yhat/b2",
