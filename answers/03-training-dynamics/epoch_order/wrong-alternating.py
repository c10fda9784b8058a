# points: 0.2
# One of each in turn, the same in every epoch.
negative, positive = np.where(t < 0)[0], np.where(t > 0)[0]
return np.column_stack([negative, positive]).ravel()
