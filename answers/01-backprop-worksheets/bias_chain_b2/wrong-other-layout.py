# points: 0.75
# The order of a column without transposes, as in books with the other layout.
"yhat/b2",
"L/yhat",
