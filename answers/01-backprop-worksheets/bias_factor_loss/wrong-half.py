# points: 0.6
# The 2 forgotten, as for the loss with ½ in front or a mean of two.
return -(t - yhat)
