# points: 1
# Calls the function of the earlier question.
return dL_dyhat(t, yhat)
