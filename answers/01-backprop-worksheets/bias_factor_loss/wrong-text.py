# points: 0
# The formula as text.
return "-2(t - yhat)"
