# points: 0
# One step an epoch.
hidden_dim = 50
learning_rate = 0.05
lr_decay = 1.0
batch_size = 4500
