# points: 1
# In float32.
return (-2 * (t - yhat)).astype(np.float32)
