# points: 0.2
# The scaling written out, with the training images' mean.
x_test = (data.test.floats().reshape(len(data.test), -1) - mean) / spread
test_accuracy = accuracy(x_test, data.test.labels)
