# points: 0
# Rows added up.
return W2.sum(axis=0)
