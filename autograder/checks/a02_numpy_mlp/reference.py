"""What is right: the layers of the network, their gradients, and finite differences.

Shapes: x (N, D), w (D, M), b (M,), scores (N, C), labels y (N,). The loss is
the mean over the N rows. Formulas: Goodfellow, Bengio and Courville, *Deep
Learning* (2016), sections 6.2.2.3 (softmax and its log) and 6.5 (gradients).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Array = np.ndarray

STEP = 1e-5
"""Of a central difference: its error is near the smallest there, about 1e-10."""


def fc_forward(x: Array, w: Array, b: Array) -> Array:
    return x @ w + b


def fc_backward(dout: Array, x: Array, w: Array) -> tuple[Array, Array, Array]:
    """dx (N, D), dw (D, M), db (M,)."""
    return dout @ w.T, x.T @ dout, dout.sum(axis=0)


def relu_forward(x: Array) -> Array:
    return np.maximum(x, 0)


def relu_backward(dout: Array, x: Array) -> Array:
    """The slope at 0 counts as 0."""
    return dout * (x > 0)


def log_softmax(scores: Array) -> Array:
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def loss(scores: Array, y: Array) -> Array:
    """The mean of −log(probability of the right class)."""
    return -np.mean(log_softmax(scores)[np.arange(len(y)), y])


def loss_gradient(scores: Array, y: Array) -> Array:
    return (np.exp(log_softmax(scores)) - one_hot(y, scores.shape[1])) / len(y)


def one_hot(y: Array, classes: int) -> Array:
    return np.eye(classes)[y]


def classifier_scores(params: dict[str, Array], x: Array) -> Array:
    hidden = relu_forward(fc_forward(x, params["W1"], params["b1"]))
    return fc_forward(hidden, params["W2"], params["b2"])


def classifier_loss(params: dict[str, Array], x: Array, y: Array) -> Array:
    return loss(classifier_scores(params, x), y)


def classifier_gradients(params: dict[str, Array], x: Array, y: Array) -> dict[str, Array]:
    """Of the loss, by parameter."""
    sums = fc_forward(x, params["W1"], params["b1"])
    hidden = relu_forward(sums)
    dscores = loss_gradient(fc_forward(hidden, params["W2"], params["b2"]), y)
    dhidden, dW2, db2 = fc_backward(dscores, hidden, params["W2"])
    _, dW1, db1 = fc_backward(relu_backward(dhidden, sums), x, params["W1"])
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


def differences(function: Callable[[Array], float], x: Array) -> Array:
    """The gradient of a number by every entry of x, from central differences."""
    gradient = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        ahead, behind = x.copy(), x.copy()
        ahead[index] += STEP
        behind[index] -= STEP
        gradient[index] = (function(ahead) - function(behind)) / (2 * STEP)
    return gradient


def agree(given: Array, wanted: Array, rtol: float) -> bool:
    """Same shape, and every entry right up to `rtol` of the largest one."""
    if given.shape != np.shape(wanted):
        return False
    scale = np.max(np.abs(wanted), initial=0.0)
    return bool(np.allclose(given, wanted, rtol=rtol, atol=rtol * scale))
