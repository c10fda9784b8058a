# points: 1.36
# In row order W2 stays as it is; here it is transposed as in a column.
return dL_dyhat(t, yhat) @ W2.T @ dh_dv(v)
