# points: 0
# Percentages.
test_accuracy = 100 * run.last("test_accuracy")
linear_accuracy = 100 * linear_run.last("test_accuracy")
