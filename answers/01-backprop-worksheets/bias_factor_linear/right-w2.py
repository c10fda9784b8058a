# points: 1
# The matrix itself.
return W2
