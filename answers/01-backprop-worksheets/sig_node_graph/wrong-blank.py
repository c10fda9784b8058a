# points: 0
# Nothing drawn.
# WRITE YOUR CODE HERE
