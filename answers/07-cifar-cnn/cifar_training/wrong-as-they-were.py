# points: 0
# The values that stood there.
# WRITE YOUR CODE HERE
