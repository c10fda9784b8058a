# points: 0
# The losses.
test_accuracy, _ = evaluate(network, DataLoader(test_set, 500))
linear_accuracy, _ = evaluate(linear, DataLoader(test_set, 500))
