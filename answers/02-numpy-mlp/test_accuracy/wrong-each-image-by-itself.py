# points: 0
# Every image scaled by its own mean and deviation.
x = data.test.floats().reshape(len(data.test), -1)
x = (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
test_accuracy = accuracy(x, data.test.labels)
