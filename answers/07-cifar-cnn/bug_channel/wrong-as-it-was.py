# points: 0
# Left as it was.
# WRITE YOUR CODE HERE
