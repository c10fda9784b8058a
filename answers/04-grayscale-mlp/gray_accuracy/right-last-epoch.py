# points: 1
# From the runs.
test_accuracy = run.last("test_accuracy")
linear_accuracy = linear_run.last("test_accuracy")
