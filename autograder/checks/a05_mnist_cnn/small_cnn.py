"""Notebook 2, the parts of a training: the loss and the two loops."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.checks.training import networks
from autograder.checks.training.draws import told_apart
from autograder.checks.training.modes import (
    eval_mode_while_testing,
    result_over_all,
    train_mode_while_training,
)
from autograder.checks.training.networks import Array
from autograder.checks.training.steps import (
    LR,
    RULES,
    Epoch,
    Rule,
    gradients_zeroed,
    loss_reported,
    one_step,
)
from autograder.judge import offers, recipes
from autograder.judge.models import Module
from autograder.judge.offers import Function
from autograder.judge.registry import check
from autograder.judge.training_replay import Trainer
from autograder.judge.trial import Missed, Slip, Trial
from autograder.judge.values import number

FLOAT32 = 1e-4
"""Relative tolerance for what was computed in float32."""

# -- the loss -----------------------------------------------------------------------------


@check("cnn_loss", points=1, takes=offers.torch_function)
def cnn_loss(answer: Function, t: Trial) -> None:
    slips = [
        Slip("this is the sum; the loss of a batch is the mean over its images",
             lambda z, y: len(y) * networks.cross_entropy(z, y), 0.6),
        Slip("the sign is turned: a logarithm of a probability is negative, the loss is not",
             lambda z, y: -networks.cross_entropy(z, y), 0.6),
        Slip("the logarithm is the natural one, torch.log",
             lambda z, y: networks.cross_entropy(z, y) / np.log(10), 0.7),
        Slip("the logarithm is the natural one, torch.log",
             lambda z, y: networks.cross_entropy(z, y) / np.log(2), 0.7),
        Slip("the softmax is taken twice",
             lambda z, y: networks.cross_entropy(networks.softmax(z), y), 0.5),
        Slip("each image has ten logits and one loss: divide by the number of images",
             lambda z, y: networks.cross_entropy(z, y) / z.shape[1], 0.6),
        Slip("the mean over all classes' −ln p, and not that of the right class",
             lambda z, y: np.mean([networks.cross_entropy(z, y * 0 + k) for k in range(10)]), 0.3),
        Slip("these are the losses of the single images; take their mean", _each, 0.6),
    ]  # fmt: skip
    cases = [(networks.single(2 * t.randn(n, 10)), t.rng.integers(0, 10, n)) for n in (6, 9)]
    alone = networks.single(2 * t.randn(1, 10))
    # Not its best class: near 0 a right loss may have no digit of float32 right.
    cases.append((alone, (alone.argmax(axis=1) + t.rng.integers(1, 10, 1)) % 10))
    values = "the mean over the batch"
    with t.part(values, 0.6):
        t.compare(answer, networks.cross_entropy, cases, slips, rtol=FLOAT32)
    with t.part("logits of any size", 0.3, needs=values):
        large = networks.single(t.randn(5, 10) + 1e4 * np.eye(10)[[1, 2, 3, 4, 4]])
        labels = np.array([1, 2, 3, 4, 5])
        given = answer(large, labels)
        if not np.all(np.isfinite(given)):
            t.miss(
                "for logits of 10,000 it is not finite: exp overflows. Subtract the largest logit "
                "of each image first, and take no logarithm of a probability that may be 0"
            )
        t.compare(lambda *_: given, networks.cross_entropy, [(large, labels)], slips, rtol=1e-3)
    with t.part("your function leaves the logits as they were", 0.1, needs=values, told=True):
        answer(*cases[0])
        if answer.changed[0]:
            t.miss("it changes the logits themselves; `logits = logits - ...` makes new ones")


def _each(z: Array, y: Array) -> Array:
    return np.array([networks.cross_entropy(row[None], y[[i]]) for i, row in enumerate(z)])


# -- the two loops ------------------------------------------------------------------------


@check("cnn_evaluate", points=1.5, takes=offers.trainer)
def cnn_evaluate(evaluate: Trainer, t: Trial) -> None:
    turned = _turned(evaluate)

    def one_of(index: int) -> object:
        def test(net: Module, x: Array, y: Array, batch: int) -> object:
            pair = _pair(evaluate(net, recipes.loader(x, y, batch)))
            return pair[1 - index if turned else index]

        return test

    accuracy = "accuracy over all images"
    result_over_all(t, one_of(0), 0.5, "loss")
    result_over_all(t, one_of(1), 0.4, "accuracy", accuracy)
    with t.part("first the loss, then the accuracy", 0.1, needs=accuracy):
        if turned:
            t.miss("the accuracy comes first")
    eval_mode_while_testing(t, one_of(1), 0.5, needs=accuracy)


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
        found = [number(entry, "one of the two") for entry in pair]
    except Missed:  # each part will say so
        return False
    return np.allclose(found, [1, networks.cross_entropy(x, y)], rtol=1e-3)


@check("cnn_train_epoch", points=2, takes=offers.trainer)
def cnn_train_epoch(train_epoch: Trainer, t: Trial) -> None:
    def epoch(net: Module, x: Array, y: Array, batch_size: int, lr: float) -> object:
        return train_epoch(net, recipes.loader(x, y, batch_size), recipes.sgd(net, lr))

    step = "one step"
    one_step(t, epoch, 0.7, step)
    gradients_zeroed(t, epoch, 0.5, needs=step)
    loss_reported(t, epoch, 0.25, needs=step)
    with t.part("each image's loss, before the step", 0.15, needs=step):
        _loss_of_epoch(epoch, t)
    train_mode_while_training(t, epoch, 0.4, needs=step)


def _loss_of_epoch(epoch: Epoch, t: Trial) -> None:
    """Batches of 6 and 2 images, with a step after each: when is the loss taken, and of what?"""

    def draw() -> tuple[networks.Parameters, Array, Array]:
        start = networks.random_parameters(t.rng, 4, 3)
        return start, networks.single(t.randn(8, 4)), t.rng.integers(0, 3, 8)

    start, x, y = told_apart(
        draw, lambda drawn: [(share, value) for share, value, _ in _reports(*drawn)], by=0.003
    )
    told = number(epoch(recipes.linear(*start), x, y, 6, LR), "the loss that you return")
    for share, value, words in _reports(start, x, y):
        if np.isclose(told, value, rtol=1e-4):
            t.earn(share, *[words] * bool(words))
            return
    t.miss(f"{told:.5g} is not the mean of each image's loss before the step")


def _reports(start: networks.Parameters, x: Array, y: Array) -> Iterator[tuple[float, float, str]]:
    """What loops return for the two batches: share, value, words."""
    for rule in RULES[:3]:  # downhill; what is wrong with a step was said above
        before, after = _losses(start, ((x[:6], y[:6]), (x[6:], y[6:])), rule)
        yield 1.0, np.average(before, weights=(6, 2)), ""
        yield 0.6, np.mean(before), MEAN_OF_MEANS
        yield 0.3, np.average(after, weights=(6, 2)), AFTER_STEP
        yield 0.3, np.mean(after), AFTER_STEP


MEAN_OF_MEANS = (
    "the mean of the batches' means: the last batch is smaller, so its images count for more"
)
AFTER_STEP = "the loss is measured after the step that learned from these images: it is too good"


def _losses(
    network: networks.Parameters, batches: tuple, rule: Rule
) -> tuple[list[float], list[float]]:
    """The loss of each batch before and after the step that learns from it."""
    before, after = [], []
    for x, y in batches:
        before.append(_loss(network, x, y, rule))
        network = networks.sgd_step(network, x, y, LR, rule.at_logits)
        after.append(_loss(network, x, y, rule))
    return before, after


def _loss(network: networks.Parameters, x: Array, y: Array, rule: Rule) -> float:
    z = networks.logits(network, x)
    return networks.cross_entropy(networks.softmax(z) if "softmax" in rule.words else z, y)
