# points: 0
# The accuracy on training images.
test_accuracy = accuracy(scale(train_images), y_train)
