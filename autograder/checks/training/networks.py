"""Dense networks in NumPy: what a student's training must come to on the judge's own ones.

Parameters are W1, b1, W2, b2, …, with weights of shape (inputs, outputs), as
`autograder.judge.recipes` takes them; between two layers is a ReLU. One layer
is softmax regression. The loss is the cross-entropy of the softmax, averaged
over the batch, and its gradient by the logits is (softmax − one-hot) / N.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from autograder.judge.trial import Missed

Array = np.ndarray
Parameters = tuple[Array, ...]
AtLogits = Callable[[Array, Array], Array]
"""The loss' gradient by the logits (N, C), given the logits and the labels (N,)."""


def _sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


OTHER_ACTIVATIONS: Mapping[str, Callable[[Array], Array]] = {
    "sigmoid": _sigmoid,
    "tanh": np.tanh,
    "leaky ReLU": lambda x: np.where(x > 0, x, 0.01 * x),
    "GELU": lambda x: x * (1 + np.vectorize(math.erf)(x / np.sqrt(2))) / 2,
    "SiLU": lambda x: x * _sigmoid(x),
    "ELU": lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
}
"""What students take in the place of a ReLU, as torch computes it by default."""


def random_parameters(rng: np.random.Generator, *sizes: int) -> Parameters:
    """Parameters of dense layers between so many units, of float32 numbers."""
    found: list[Array] = []
    for inputs, outputs in pairwise(sizes):
        found += [rng.standard_normal((inputs, outputs)) / np.sqrt(inputs)]
        found += [0.3 * rng.standard_normal(outputs)]
    return tuple(single(array) for array in found)


def single(array: Array) -> Array:
    """The same numbers as float32 has them, as float64: what a kernel's tensor starts from."""
    return np.asarray(array, dtype=np.float32).astype(float)


def logits(parameters: Parameters, x: Array) -> Array:
    """Logits (N, C) of inputs (N, D)."""
    return _layers(parameters, x)[-1]


def softmax(z: Array) -> Array:
    """Row by row."""
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def cross_entropy(z: Array, y: Array) -> float:
    """The mean over the batch of −log softmax(z)[y]."""
    shifted = z - z.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(shifted).sum(axis=1))
    return float(np.mean(log_sum - shifted[np.arange(len(y)), y]))


def loss(parameters: Parameters, x: Array, y: Array) -> float:
    """The cross-entropy of a network."""
    return cross_entropy(logits(parameters, x), y)


def accuracy(parameters: Parameters, x: Array, y: Array) -> float:
    """The share of inputs whose largest logit is at their label."""
    return float(np.mean(logits(parameters, x).argmax(axis=1) == y))


def at_logits(z: Array, y: Array) -> Array:
    """The gradient of the cross-entropy by the logits."""
    return (softmax(z) - np.eye(z.shape[1])[y]) / len(y)


def gradients(
    parameters: Parameters, x: Array, y: Array, at_logits: AtLogits = at_logits
) -> Parameters:
    """The loss' gradients by each parameter, in their order: backpropagation."""
    layers = _layers(parameters, x)
    found: list[Array] = []
    flowing = at_logits(layers[-1], y)
    for index in range(len(parameters) - 2, -1, -2):
        below = x if index == 0 else np.maximum(layers[index // 2 - 1], 0)
        found = [below.T @ flowing, flowing.sum(axis=0), *found]
        if index:
            flowing = (flowing @ parameters[index].T) * (layers[index // 2 - 1] > 0)
    return tuple(found)


def sgd_step(
    parameters: Parameters, x: Array, y: Array, lr: float, at_logits: AtLogits = at_logits
) -> Parameters:
    """The parameters after one step of gradient descent."""
    return moved(parameters, gradients(parameters, x, y, at_logits), lr)


def moved(parameters: Parameters, by: Parameters, lr: float) -> Parameters:
    """Parameters less `lr` times their gradients."""
    return tuple(p - lr * g for p, g in zip(parameters, by, strict=True))


def parameters_in(
    state: Mapping[str, Array], prefixes: Sequence[str], like: Parameters
) -> Parameters:
    """A network's parameters out of its `state_dict`, by its layers' prefixes ("0.", "2.").

    `Missed` unless they are there, with the shapes of `like`.
    """
    names = [f"{prefix}{name}" for prefix in prefixes for name in ("weight", "bias")]
    found: list[Array] = []
    for name, old in zip(names, like, strict=True):
        new = state.get(name)
        if new is None or new.T.shape != old.shape or new.dtype.kind != "f":
            raise Missed(f"the network that you were given has lost its {name}")
        found.append(new.T.astype(float))
    return tuple(found)


def _layers(parameters: Parameters, x: Array) -> list[Array]:
    """What each layer gives, before its ReLU."""
    found: list[Array] = []
    for weights, bias in zip(parameters[::2], parameters[1::2], strict=True):
        x = (np.maximum(found[-1], 0) if found else x) @ weights + bias
        found.append(x)
    return found
