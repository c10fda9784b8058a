# points: 1.2
# * between the Jacobian of the ReLU and the vector after it, which makes a matrix.
return dh_dv(v) * (W2.T @ dL_dyhat(t, yhat))
