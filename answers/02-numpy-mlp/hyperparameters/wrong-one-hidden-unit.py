# points: 0
# One hidden unit cannot tell ten classes apart.
hidden_dim = 1
learning_rate = 0.1
lr_decay = 0.9
batch_size = 100
