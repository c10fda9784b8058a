"""The simplest classifier that learns: one linear map from pixels to logits, with a softmax.

What a network is worth is what it gets beyond this.
"""

from __future__ import annotations

import numpy as np

from chainrule.datasets import Split, load

BASELINES = ("cifar10", "cifar10-gray", "cifar10-first", "cifar10-second", "mnist")
"""Of which images: colour, grey, classes 0 to 4, classes 5 to 9; digits."""

EPOCHS, BATCH, RATE, DECAY = 20, 100, 0.01, 0.85
"""Gradient descent: the rate is multiplied by DECAY after each epoch."""

_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)  # ITU-R BT.601, section 2.5.1


def linear_accuracy(name: str, epochs: int = EPOCHS) -> float:
    """The test accuracy of the baseline `name`, on the data that `CHAINRULE_DATASET` asks for."""
    if name not in BASELINES:
        raise ValueError(f"There is no baseline {name!r}; there are {', '.join(BASELINES)}.")
    data_name, _, kind = name.partition("-")
    data = load(data_name)
    classes = {"first": range(5), "second": range(5, 10)}.get(kind, range(10))
    train, test = (split.only(classes) for split in (data.train, data.test))
    x, x_test = _pixels(train, kind), _pixels(test, kind)
    mean = x.mean(axis=0)
    x -= mean
    x_test -= mean
    spread = x.std()
    x /= spread
    x_test /= spread
    weights, bias = _learn(x, train.labels, epochs)
    return float(np.mean(np.argmax(x_test @ weights + bias, axis=1) == test.labels))


def _pixels(split: Split, kind: str) -> np.ndarray:
    images = split.floats()
    if kind == "gray":
        images = images @ _LUMA
    return images.reshape(len(images), -1)


def _learn(x: np.ndarray, labels: np.ndarray, epochs: int) -> tuple[np.ndarray, np.ndarray]:
    """Weights (D, 10) and bias (10,) after so many epochs; x is (N, D), labels (N,)."""
    rng = np.random.default_rng(0)
    weights = np.zeros((x.shape[1], 10), np.float32)
    bias = np.zeros(10, np.float32)
    wanted = np.eye(10, dtype=np.float32)[labels]
    for epoch in range(epochs):
        rate = np.float32(RATE * DECAY**epoch)
        order = rng.permutation(len(x))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            logits = x[rows] @ weights + bias
            logits -= logits.max(axis=1, keepdims=True)
            shares = np.exp(logits)
            shares /= shares.sum(axis=1, keepdims=True)
            error = (shares - wanted[rows]) / np.float32(len(rows))
            weights -= rate * (x[rows].T @ error)
            bias -= rate * error.sum(axis=0)
    return weights, bias
