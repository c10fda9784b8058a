# points: 0.8
# Without decay.
hidden_dim = 80
learning_rate = 0.1
lr_decay = 1.0
batch_size = 50
