# points: 0
# with: classifier = wrong-zero-weights
# Weights all zero: only the biases of the output can learn.
hidden_dim = 50
learning_rate = 0.1
lr_decay = 0.9
batch_size = 100
