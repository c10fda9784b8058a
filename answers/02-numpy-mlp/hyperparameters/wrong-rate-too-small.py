# points: 0
# A rate of a millionth.
hidden_dim = 50
learning_rate = 1e-06
lr_decay = 1.0
batch_size = 100
