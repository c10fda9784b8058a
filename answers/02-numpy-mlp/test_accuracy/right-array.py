# points: 0.2
# The number in an array.
test_accuracy = np.array([accuracy(scale(data.test.images), data.test.labels)])
