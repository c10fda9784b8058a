# points: 0
# The one taken for the other.
_, linear_accuracy = evaluate(network, DataLoader(test_set, 500))
_, test_accuracy = evaluate(linear, DataLoader(test_set, 500))
