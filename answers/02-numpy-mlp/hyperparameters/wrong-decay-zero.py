# points: 0
# lr_decay = 0 stops the learning after the first epoch.
hidden_dim = 50
learning_rate = 0.02
lr_decay = 0.0
batch_size = 200
