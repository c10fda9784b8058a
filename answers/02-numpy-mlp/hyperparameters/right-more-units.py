# points: 0.8
# More units, smaller batches.
hidden_dim = 150
learning_rate = 0.1
lr_decay = 0.9
batch_size = 50
