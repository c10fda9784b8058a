# points: 0
# A number that nobody measured.
test_accuracy = 0.95
