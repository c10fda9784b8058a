# points: 0.5
# Guessing's 10 % for the linear map.
test_accuracy = run.last("test_accuracy")
linear_accuracy = 0.1
