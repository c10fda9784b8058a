# points: 1.2
# Row order, with * between gradient and matrix where @ is meant.
return dL_dyhat(t, yhat) * W2 @ dh_dv(v)
