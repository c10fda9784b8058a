# points: 1.2
# * between the Jacobian of the ReLU and W2.T.
return dh_dv(v) * W2.T @ dL_dyhat(t, yhat)
