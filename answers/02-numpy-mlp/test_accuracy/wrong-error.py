# points: 0
# The share that is wrong.
test_accuracy = 1 - accuracy(scale(data.test.images), data.test.labels)
