# points: 0
# The linear map is left out, so the visible test stops.
test_accuracy = run.last("test_accuracy")
