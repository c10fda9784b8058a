# points: 0
# Pixels from 0 to 255 as they are.
test_accuracy = accuracy(data.test.images.reshape(len(data.test), -1), data.test.labels)
