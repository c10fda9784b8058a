"""The losses that students take, and their gradients by the logits: how wrong each of them is.

A training function that follows one of these rules is marked by it, so that one slip in the
loss does not cost what is right around it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from autograder.checks.training.networks import (
    Array,
    AtLogits,
    at_logits,
    cross_entropy,
    softmax,
)

SMOOTHING = 0.1
"""The usual one."""

INSIDE = "the cross-entropy has one inside: give it the logits"


@dataclass(frozen=True)
class Rule:
    """A loss of logits (N, C) and labels (N,): what is wrong with it, and what it still earns.

    `at_logits` is what the weights learn by, `loss` is the number that it says.
    """

    words: str
    at_logits: AtLogits
    share: float
    loss: Callable[[Array, Array], float] = cross_entropy


def _through_softmax(p: Array, by_p: Array) -> Array:
    """The gradient by the logits, from that by their softmax p."""
    return p * (by_p - (by_p * p).sum(axis=1, keepdims=True))


def _softmax_twice(z: Array, y: Array) -> Array:
    p = softmax(z)
    return _through_softmax(p, at_logits(p, y))


def _without_log(z: Array, y: Array) -> Array:
    return _through_softmax(softmax(z), -_one_hot(z, y) / len(y))


def _smoothed(z: Array, y: Array) -> Array:
    labels = (1 - SMOOTHING) * _one_hot(z, y) + SMOOTHING / z.shape[1]
    return (softmax(z) - labels) / len(y)


def _smoothed_loss(z: Array, y: Array) -> float:
    everywhere = np.mean([cross_entropy(z, np.full(len(y), k)) for k in range(z.shape[1])])
    return float((1 - SMOOTHING) * cross_entropy(z, y) + SMOOTHING * everywhere)


def _squared(z: Array, y: Array) -> Array:
    return 2 * (z - _one_hot(z, y)) / z.size


def _squared_of_softmax(z: Array, y: Array) -> Array:
    p = softmax(z)
    return _through_softmax(p, _squared(p, y))


def _one_hot(z: Array, y: Array) -> Array:
    return np.eye(z.shape[1])[y]


RULES = (
    Rule("", at_logits, 1.0),
    Rule(
        "the loss is added up over the batch; averaged, the step does not grow with the batch",
        lambda z, y: at_logits(z, y) * len(y),
        0.5,
    ),
    Rule(
        f"a softmax stands before the cross-entropy; {INSIDE}",
        _softmax_twice,
        0.4,
        lambda z, y: cross_entropy(softmax(z), y),
    ),
    Rule(
        "`nll_loss` wants logarithms, and gets a softmax; `cross_entropy` of the logits does both",
        _without_log,
        0.4,
        lambda z, y: -float(np.mean(np.sum(softmax(z) * _one_hot(z, y), axis=1))),
    ),
    Rule(
        "this is the loss of smoothed labels; the cross-entropy is asked for as it is",
        _smoothed,
        0.5,
        _smoothed_loss,
    ),
    Rule(
        "this is a mean of squares; for classes take the cross-entropy",
        _squared,
        0.3,
        lambda z, y: float(np.mean((z - _one_hot(z, y)) ** 2)),
    ),
    Rule(
        "this is a mean of squares; for classes take the cross-entropy",
        _squared_of_softmax,
        0.3,
        lambda z, y: float(np.mean((softmax(z) - _one_hot(z, y)) ** 2)),
    ),
    Rule("the step goes uphill: it subtracts the gradient", lambda z, y: -at_logits(z, y), 0.2),
)
