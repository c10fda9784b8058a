# points: 0.5
# Neither the 2 nor the sign.
return t - yhat
