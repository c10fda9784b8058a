# points: 0
# The accuracy on training images.
test_accuracy = accuracy(x_train, y_train)
