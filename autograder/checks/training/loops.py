"""The two loops of every training, `train_epoch` and `evaluate`, marked as whole questions.

train_epoch(model, batches, optimizer) -> mean loss
evaluate(model, batches) -> mean loss, accuracy
"""

from __future__ import annotations

import numpy as np

from autograder.checks.training import networks
from autograder.checks.training.modes import (
    Test,
    eval_mode_while_testing,
    result_over_all,
    train_mode_while_training,
)
from autograder.checks.training.networks import Array
from autograder.checks.training.steps import (
    gradients_zeroed,
    loss_reported,
    one_step,
)
from autograder.judge import recipes
from autograder.judge.models import Module
from autograder.judge.training_replay import Trainer
from autograder.judge.trial import Missed, Trial
from autograder.judge.values import number


def train_epoch_parts(t: Trial, train_epoch: Trainer, points: float) -> None:
    """Parts of `points` in all: the steps of SGD, fresh gradients, train mode, the loss."""

    def epoch(net: Module, x: Array, y: Array, batch_size: int, lr: float) -> object:
        return train_epoch(net, recipes.loader(x, y, batch_size), recipes.sgd(net, lr))

    step = "one step"
    one_step(t, epoch, 0.3 * points, step)
    gradients_zeroed(t, epoch, 0.3 * points, needs=step)
    train_mode_while_training(t, epoch, 0.2 * points, needs=step)
    loss_reported(t, epoch, 0.2 * points, needs=step)


def evaluate_parts(t: Trial, evaluate: Trainer, points: float) -> None:
    """Parts of `points` in all: loss and accuracy over all images, in eval mode.

    Whoever returns the accuracy first loses that part and no other.
    """
    turned = _turned(evaluate)

    def one_of(index: int) -> Test:
        def test(net: Module, x: Array, y: Array, batch_size: int) -> object:
            pair = _pair(evaluate(net, recipes.loader(x, y, batch_size)))
            return pair[1 - index if turned else index]

        return test

    accuracy = "accuracy over all images"
    result_over_all(t, one_of(0), 0.3 * points, "loss")
    result_over_all(t, one_of(1), 0.3 * points, "accuracy", accuracy)
    with t.part("first the loss, then the accuracy", 0.1 * points, needs=accuracy):
        if turned:
            t.miss("the accuracy comes first")
    eval_mode_while_testing(t, one_of(1), 0.3 * points, needs=accuracy)


def _pair(result: object) -> tuple | list:
    if result is None:
        raise Missed("evaluate returned None; does it end with `return`?")
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise Missed("evaluate returns two numbers: the mean loss, and the accuracy")
    return result


def _turned(evaluate: Trainer) -> bool:
    """Whether the accuracy comes first: on four images, all of them right, it is 1."""
    x, y = np.eye(4), np.arange(4)
    try:
        pair = _pair(evaluate(recipes.linear(np.eye(4), np.zeros(4)), recipes.loader(x, y, 2)))
        first, second = (number(entry, "one of the two") for entry in pair)
    except Missed:  # each part will say so
        return False
    loss = networks.cross_entropy(x, y)
    return any(np.allclose((first, second), (one, loss), rtol=1e-3) for one in (1, 100))
