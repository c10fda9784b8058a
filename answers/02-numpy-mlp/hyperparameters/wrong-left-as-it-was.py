# points: 0
# The values that stood there.
hidden_dim = 20
learning_rate = 0.0003
lr_decay = 1.0
batch_size = 500
