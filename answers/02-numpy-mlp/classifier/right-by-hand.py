# points: 1
# cell
# Without the layers, all in one place.
class SoftmaxClassifier:
    def __init__(self, input_dim=3072, hidden_dim=300, num_classes=10, weight_scale=0.01):
        self.params = {
            "W1": rng.normal(0, weight_scale, (input_dim, hidden_dim)).astype(np.float32),
            "b1": np.zeros(hidden_dim, np.float32),
            "W2": rng.normal(0, weight_scale, (hidden_dim, num_classes)).astype(np.float32),
            "b2": np.zeros(num_classes, np.float32),
        }

    def scores(self, x):
        p = self.params
        return np.maximum(x @ p["W1"] + p["b1"], 0) @ p["W2"] + p["b2"]

    def loss(self, x, y):
        p = self.params
        h = np.maximum(x @ p["W1"] + p["b1"], 0)
        loss, g = softmax_loss(h @ p["W2"] + p["b2"], y)
        gh = (g @ p["W2"].T) * (h > 0)
        return loss, {"W1": x.T @ gh, "b1": gh.sum(0), "W2": h.T @ g, "b2": g.sum(0)}
