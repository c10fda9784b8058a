# points: 0.8
# 64 hidden units, found by trying.
hidden_dim = 64
learning_rate = 0.2
lr_decay = 0.9
batch_size = 100
