# points: 0
# Text for a number.
hidden_dim = 50
learning_rate = "0.1"
lr_decay = 0.9
batch_size = 100
