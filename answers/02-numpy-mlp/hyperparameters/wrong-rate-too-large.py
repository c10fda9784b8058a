# points: 0
# The loss becomes NaN, so nothing is saved.
hidden_dim = 50
learning_rate = 300.0
lr_decay = 1.0
batch_size = 100
