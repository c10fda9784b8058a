# points: 0
# A network without an optimizer.
learning_rate = 0.002
first_net = SmallCNN().to(DEVICE)
optimizer = None
