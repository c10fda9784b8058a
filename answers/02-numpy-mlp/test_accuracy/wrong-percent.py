# points: 0
# In per cent.
test_accuracy = 100 * accuracy(scale(data.test.images), data.test.labels)
