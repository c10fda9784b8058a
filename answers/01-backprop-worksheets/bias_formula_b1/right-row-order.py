# points: 2
# As a row, with the functions from above.
return dL_dyhat(t, yhat) @ W2 @ dh_dv(v)
