# points: 0.3
# Neither the 2 nor the sign.
return t - yhat
