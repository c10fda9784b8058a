# points: 0
# Nothing written.
# WRITE YOUR CODE HERE
