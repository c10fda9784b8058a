# points: 0.5
# A number from the lecture.
test_accuracy = 0.85
linear_accuracy = linear_run.last("test_accuracy")
