# points: 0.8
# cell
# Biases as rows, (1, H) and (1, C). It trains.
class SoftmaxClassifier:
    def __init__(self, input_dim=3072, hidden_dim=300, num_classes=10, weight_scale=0.01):
        self.params = {
            "W1": rng.normal(0, weight_scale, (input_dim, hidden_dim)).astype(np.float32),
            "b1": np.zeros((1, hidden_dim), np.float32),
            "W2": rng.normal(0, weight_scale, (hidden_dim, num_classes)).astype(np.float32),
            "b2": np.zeros((1, num_classes), np.float32),
        }

    def scores(self, x):
        return self.forward(x)[0]

    def forward(self, x):
        s, c1 = fc_forward(x, self.params["W1"], self.params["b1"])
        h, c2 = relu_forward(s)
        out, c3 = fc_forward(h, self.params["W2"], self.params["b2"])
        return out, (c1, c2, c3)

    def loss(self, x, y):
        scores, (c1, c2, c3) = self.forward(x)
        loss, d = softmax_loss(scores, y)
        d, dW2, db2 = fc_backward(d, c3)
        d = relu_backward(d, c2)
        _, dW1, db1 = fc_backward(d, c1)
        return loss, {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
