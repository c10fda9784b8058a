# points: 0.16
# The rate is gone after two epochs.
hidden_dim = 64
learning_rate = 0.1
lr_decay = 0.2
batch_size = 100
