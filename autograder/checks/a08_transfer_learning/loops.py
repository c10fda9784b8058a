"""The loops: an epoch of training, and a test, replayed on networks of the judge's own."""

from __future__ import annotations

from autograder.checks.training import modes, steps
from autograder.checks.training.networks import Array
from autograder.judge import offers, recipes
from autograder.judge.models import Module
from autograder.judge.registry import check
from autograder.judge.training_replay import Trainer
from autograder.judge.trial import Missed, Trial


@check("train_epoch", points=2.5, takes=offers.trainer)
def train_epoch(train: Trainer, t: Trial) -> None:
    def epoch(net: Module, x: Array, y: Array, batch: int, lr: float) -> object:
        return train(net, recipes.loader(x, y, batch), recipes.sgd(net, lr))

    steps.one_step(t, epoch, 1.0)
    steps.gradients_zeroed(t, epoch, 0.5)
    modes.train_mode_while_training(t, epoch, 0.5)
    steps.loss_reported(t, epoch, 0.5)


@check("evaluate", points=1, takes=offers.trainer)
def evaluate(test: Trainer, t: Trial) -> None:
    def loss(net: Module, x: Array, y: Array, batch: int) -> object:
        return _pair(test(net, recipes.loader(x, y, batch)))[0]

    def accuracy(net: Module, x: Array, y: Array, batch: int) -> object:
        return _pair(test(net, recipes.loader(x, y, batch)))[1]

    modes.result_over_all(t, loss, 0.3, "loss")
    modes.result_over_all(t, accuracy, 0.3)
    modes.eval_mode_while_testing(t, accuracy, 0.4)


def _pair(result: object) -> tuple[object, object]:
    if result is None:
        raise Missed("evaluate returned None; does it end with `return`?")
    if hasattr(result, "tolist"):
        result = tuple(result.tolist())
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise Missed("expected two numbers: the mean loss, and the accuracy")
    return result[0], result[1]
