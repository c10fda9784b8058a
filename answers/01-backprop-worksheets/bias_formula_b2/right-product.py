# points: 1
# The product of the factors, with the identity written out, as a column.
identity = np.eye(2)
return identity.T @ dL_dyhat(t, yhat).reshape(2, 1)
