"""A student's training function, replayed: does it take the steps that gradient descent takes?

Every part takes an `Epoch`, which a check writes in a line around the student's function:

    def epoch(net, x, y, batch_size, lr):
        return train_epoch(net, recipes.loader(x, y, batch_size), recipes.sgd(net, lr))

The networks and the data are the judge's, so the weights that must come out are known.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np

from autograder.checks.training.draws import told_apart
from autograder.checks.training.networks import (
    Array,
    Parameters,
    gradients,
    logits,
    loss,
    moved,
    parameters_in,
    random_parameters,
    sgd_step,
    single,
)
from autograder.checks.training.rules import RULES, Rule
from autograder.judge import recipes
from autograder.judge.models import Module
from autograder.judge.trial import Trial
from autograder.judge.values import number

Epoch = Callable[[Module, Array, Array, int, float], object]
"""Trains `net` one epoch on x (N, D) float and y (N,) int, in batches, by SGD with `lr`."""

LR = 0.5
BATCH = 6
SIZES = (4, 5, 3)
MLP = ("0.", "2.")
ENOUGH = 0.8
"""Of the fall that plain gradient descent makes: its batches may come in another order."""

CLOSE = 1e-3
"""Of a step's largest entry: float32 leaves some 1e-6 of it."""

CORNER = 1e-4
"""How near to the corner of its ReLU no unit comes: there rounding would decide its slope."""


NOTHING = (
    "no weight has changed: `zero_grad()`, then `loss.backward()`, then `optimizer.step()`, "
    "in this order"
)
ACCUMULATED = (
    "gradients of earlier batches are still in the sum: `optimizer.zero_grad()` belongs before "
    "each `loss.backward()`"
)
FIRST_ONLY = "only the first batch was used: does a `return` stand inside of the loop?"
OWN_OPTIMIZER = (
    "at a learning rate of 0 the weights have moved: use the optimizer that you are given"
)
LEFT_OUT = (
    "nothing is learned from the last batch: each needs its own `optimizer.step()`, after its "
    "`loss.backward()`"
)
TWICE = "the batches are gone through twice in an epoch; once is asked for"
PASSES = (1, 2)
"""How often a loop may go through the batches."""

ONE_STEP = "one step for all batches: `optimizer.step()` belongs inside of the loop over batches"


def one_step(
    t: Trial, epoch: Epoch, points: float, name: str = "one step", needs: str | None = None
) -> None:
    """A part: on a single batch a network of two layers takes the step that SGD takes."""
    with t.part(name, points, needs=needs):
        start, x, y = _trial(t, 1)
        step = _step(epoch, start, x, y)
        left_out = not moves(step)
        if left_out:
            step = _step(epoch, start, *one_more(x, y))
        if not moves(step):
            t.miss(NOTHING)
        for passes, rule in product(PASSES, RULES):
            if close(step, difference(trained(start, x, y, rule, passes), start)):
                slips = (rule.words, TWICE * (passes > 1), LEFT_OUT * left_out)
                share = rule.share * (0.5 if passes > 1 or left_out else 1)
                t.earn(share, *filter(None, slips))
                return
        wanted = difference(sgd_step(start, x, y, LR), start)
        if factor := _factor(step, wanted):
            t.miss(f"the step is {factor:.3g} times as long as learning rate and gradient make it")
        t.miss(
            "the weights after one step of SGD are not those that the gradient of the "
            f"cross-entropy gives: off by {_off(step, wanted):.0%} of the step"
        )


def gradients_zeroed(
    t: Trial,
    epoch: Epoch,
    points: float,
    name: str = "every batch, with fresh gradients",
    needs: str | None = None,
) -> None:
    """A part: three batches are three steps, and none has another one's gradient in it.

    What is wrong with a single step is `one_step`'s to say, and is not charged again.
    """
    with t.part(name, points, needs=needs):
        start, x, y = _trial(t, 3)
        step = _step(epoch, start, x, y)
        if not moves(step):
            t.miss(NOTHING)
        for passes, rule in product(PASSES, RULES):
            if close(step, difference(trained(start, x, y, rule, passes), start)):
                return
        for rule in RULES:
            for words, share, end in _slips(start, x, y, rule):
                if close(step, difference(end, start)):
                    t.earn(share, words)
                    return
        t.miss("after three batches the weights are not where three steps of SGD lead")


def loss_falls(
    t: Trial,
    epoch: Epoch,
    points: float,
    name: str = "the loss falls",
    epochs: int = 10,
    needs: str | None = None,
) -> None:
    """A part: on three well separated clouds the loss falls as it does by gradient descent.

    Computed from the weights. That it is less than before would not do: a fresh network has a
    smaller loss than many a start.
    """
    with t.part(name, points, needs=needs):
        start = random_parameters(t.rng, *SIZES)
        y = t.rng.permutation(np.arange(60) % 3)
        x = single(3 * np.eye(3, 4)[y] + 0.5 * t.randn(60, 4))
        net, reached = recipes.mlp(*start), start
        for _ in range(epochs):
            epoch(net, x, y, 10, 0.1)
            for at in range(0, len(x), 10):
                reached = sgd_step(reached, x[at : at + 10], y[at : at + 10], 0.1)
        before, wanted = loss(start, x, y), loss(reached, x, y)
        after = loss(parameters_in(net.state(), MLP, start), x, y)
        if not before - after > ENOUGH * (before - wanted):
            t.miss(
                f"after {epochs} epochs the loss went from {before:.3f} to {after:.3f}; "
                f"gradient descent gets to {wanted:.3f}"
            )


def loss_reported(
    t: Trial,
    epoch: Epoch,
    points: float,
    name: str = "the mean loss of the epoch",
    needs: str | None = None,
) -> None:
    """A part: `epoch` returns the mean of its batches' losses.

    The learning rate is 0, so it does not matter here how the steps are; an optimizer with
    another one gives itself away.
    """
    with t.part(name, points, needs=needs):
        start, x, y = told_apart(
            lambda: _trial(t, 3),
            lambda drawn: [(share, value) for share, value, _ in _reports(*drawn)],
            by=0.003,
        )
        net = recipes.mlp(*start)
        told = number(epoch(net, x, y, BATCH, 0.0), "the loss that you return")
        if moves(difference(parameters_in(net.state(), MLP, start), start)):
            t.miss(OWN_OPTIMIZER)
        reports = _reports(start, x, y)
        for share, value, words in reports:
            if np.isclose(told, value, rtol=1e-4, atol=0):
                t.earn(share, *[words] * bool(words))
                return
        wanted = reports[0][1]
        t.miss(f"{told:.5g} for an epoch whose batches have a mean loss of {wanted:.5g}")


# -- what must come out -------------------------------------------------------------------


def _trial(t: Trial, batches: int) -> tuple[Parameters, Array, Array]:
    """A network, images and labels, with no unit near its corner while it learns from them."""
    while True:
        start = random_parameters(t.rng, *SIZES)
        count = batches * BATCH
        x, y = single(t.randn(count, SIZES[0])), t.rng.integers(0, SIZES[-1], count)
        if _nearest_to_a_corner(start, x, y) > CORNER:
            return start, x, y


def _nearest_to_a_corner(at: Parameters, x: Array, y: Array) -> float:
    nearest = np.inf
    for images, labels in _batches(x, y):
        nearest = min(nearest, np.min(np.abs(images @ at[0] + at[1])))
        at = sgd_step(at, images, labels, LR)
    return nearest


def _reports(start: Parameters, x: Array, y: Array) -> tuple[tuple[float, float, str], ...]:
    """What a loop that leaves the weights alone may return: share, value, words."""
    by_rule = [
        [rule.loss(logits(start, images), labels) for images, labels in _batches(x, y)]
        for rule in RULES
    ]
    losses = by_rule[0]
    mean = float(np.mean(losses))
    return (
        (1.0, mean, ""),
        *(
            (1.0, float(np.mean(found)), rule.words)
            for rule, found in zip(RULES[1:], by_rule[1:], strict=True)
            if found != losses
        ),
        (0.4, losses[-1], "this is the loss of the last batch alone; take the mean of all"),
        (0.2, losses[0], FIRST_ONLY),
        (0.5, sum(losses), "the losses are added up; divide by the number of batches"),
        (0.5, 2 * mean, TWICE),
        (0.5, float(np.mean(losses[:-1])), "the loss of the last batch is not in the mean"),
        (0.5, sum(losses[:-1]) / len(losses), "the loss of the last batch is not in the mean"),
        (0.5, mean * BATCH, "a sum over images is divided by the number of batches"),
        (0.4, mean / BATCH, "each batch's loss is a mean already; divide by their number"),
    )


def _step(epoch: Epoch, start: Parameters, x: Array, y: Array) -> Array:
    """By how much each weight has moved in an epoch, all of them in one array."""
    net = recipes.mlp(*start)
    epoch(net, x, y, BATCH, LR)
    return difference(parameters_in(net.state(), MLP, start), start)


def _batches(x: Array, y: Array) -> list[tuple[Array, Array]]:
    return [(x[i : i + BATCH], y[i : i + BATCH]) for i in range(0, len(y), BATCH)]


def one_more(x: Array, y: Array) -> tuple[Array, Array]:
    """The same batch twice: one to learn from for a loop that leaves its last one out."""
    return np.concatenate([x, x]), np.concatenate([y, y])


def trained(start: Parameters, x: Array, y: Array, rule: Rule, passes: int = 1) -> Parameters:
    """Where so many passes of SGD lead."""
    for batch in _batches(x, y) * passes:
        start = sgd_step(start, *batch, LR, rule.at_logits)
    return start


def _slips(
    start: Parameters, x: Array, y: Array, rule: Rule
) -> tuple[tuple[str, float, Parameters], ...]:
    """Where a loop that is not right leads: words, share, weights."""
    batches = _batches(x, y)
    summed, end = None, start
    for batch in batches:
        new = gradients(end, *batch, rule.at_logits)
        summed = new if summed is None else tuple(s + g for s, g in zip(summed, new, strict=True))
        end = moved(end, summed, LR)
    first, *_, last = (gradients(start, *batch, rule.at_logits) for batch in batches)
    whole = gradients(start, x, y, lambda z, y: rule.at_logits(z, y) * len(batches))
    return (
        (ACCUMULATED, 0.3, end),
        (FIRST_ONLY, 0.2, moved(start, first, LR)),
        (LEFT_OUT, 0.5, trained(start, x[:-BATCH], y[:-BATCH], rule)),
        (ONE_STEP, 0.3, moved(start, last, LR)),
        (ONE_STEP, 0.3, moved(start, whole, LR)),
    )


def difference(end: Parameters, start: Parameters) -> Array:
    """By how much each number has moved, all of them in one array."""
    return np.concatenate([(e - s).ravel() for e, s in zip(end, start, strict=True)])


def moves(step: Array) -> bool:
    """Whether any number has moved."""
    return bool(np.any(step != 0))


def _off(step: Array, wanted: Array) -> float:
    return float(np.max(np.abs(step - wanted)) / np.max(np.abs(wanted)))


def close(step: Array, wanted: Array) -> bool:
    """Whether two steps are the same but for rounding in float32."""
    return _off(step, wanted) <= CLOSE


def _factor(step: Array, wanted: Array) -> float | None:
    """By which the one is a multiple of the other, if it is."""
    factor = float(step @ wanted / (wanted @ wanted))
    return factor if _off(step, factor * wanted) <= CLOSE * abs(factor) else None
