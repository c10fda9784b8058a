# points: 1
# Rounded to two digits.
test_accuracy = round(evaluate(network, DataLoader(test_set, 100))[1], 2)
linear_accuracy = round(evaluate(linear, DataLoader(test_set, 100))[1], 2)
