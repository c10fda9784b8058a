# points: 1.33
# v is skipped: h taken as computed from b1 in one step.
"L/yhat",
"yhat/h",
"h/b1",
