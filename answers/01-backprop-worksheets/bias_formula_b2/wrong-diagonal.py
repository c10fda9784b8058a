# points: 0.4
# Put on the diagonal of a matrix: one number for each entry of b2 was asked for.
return np.diag(-2 * (t - yhat))
