# points: 0
# Vector in front of a matrix of the wrong side: an error for shapes.
return (-2 * (t - yhat)).reshape(2, 1) @ W2 @ dh_dv(v)
