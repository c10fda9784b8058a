"""A student's training and testing functions, replayed on networks that tell their mode.

The `dropout_probe` gives its bias alone in train mode; which mode a function used
can be read off its result, or off the weights that it left.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Literal

import numpy as np

from autograder.checks.training import networks
from autograder.checks.training.draws import apart
from autograder.checks.training.networks import Array, Parameters
from autograder.checks.training.rules import RULES
from autograder.checks.training.steps import (
    BATCH,
    LR,
    NOTHING,
    PASSES,
    Epoch,
    close,
    difference,
    moves,
    one_more,
    trained,
)
from autograder.judge import recipes
from autograder.judge.models import Module
from autograder.judge.trial import Trial
from autograder.judge.values import number

IN_EVAL_MODE = (
    "it trains in eval mode, so without dropout: `model.train()` belongs at the start, for "
    "`model.eval()` was called for the last test"
)
IN_TRAIN_MODE = (
    "it tests in train mode, with dropout: `model.eval()` belongs before, `model.train()` after it"
)

LEARNED = 0.1
"""The share of a loss that small steps between its batches change at most."""

Test = Callable[[Module, Array, Array, int], object]
"""Returns what the student's function says of `net` on x (N, D) float and y (N,), in batches."""

Measure = Literal["loss", "accuracy"]
OTHER: dict[Measure, Measure] = {"loss": "accuracy", "accuracy": "loss"}


def train_mode_while_training(
    t: Trial, epoch: Epoch, points: float, name: str = "train mode", needs: str | None = None
) -> None:
    """A part: `epoch` puts the network in train mode, though it gets it in eval mode."""
    with t.part(name, points, needs=needs):
        network, x, y = _batch(t)
        step = _step(epoch, network, x, y)
        if not moves(step):
            step = _step(epoch, network, *one_more(x, y))
        if not moves(step):
            t.miss(NOTHING)
        # In train mode all that comes through the dropout is 0.
        for seen, words in ((np.zeros_like(x), ""), (x, IN_EVAL_MODE)):
            for passes, rule in product(PASSES, RULES):
                if close(step, difference(trained(network, seen, y, rule, passes), network)):
                    if words:
                        t.miss(words)
                    return
        t.miss("after a batch the weights are where neither train mode nor eval mode leads")


def eval_mode_while_testing(
    t: Trial,
    test: Test,
    points: float,
    measure: Measure = "accuracy",
    name: str = "eval mode while testing",
    needs: str | None = None,
) -> None:
    """A part: `test` puts the network in eval mode, though it gets it in train mode, and
    leaves its weights and running averages as they were."""
    with t.part(name, points, needs=needs):
        network, in_train, x, y = _two_ways(t, measure)
        told = number(test(recipes.dropout_probe(*network), x, y, BATCH), f"your {measure}")
        if not _tells(told, network, x, y, measure):
            if _tells(told, in_train, x, y, measure):
                t.miss(IN_TRAIN_MODE)
            t.miss(f"{told:.5g} is the {measure} neither in eval mode nor in train mode")
        net = recipes.batch_norm_probe(*network)
        test(net, x, y, BATCH)
        state = net.state()
        if np.any(state.get("0.running_mean")):
            t.miss(
                "testing moves the averages of batch normalisation, as train mode does: call "
                "`model.eval()` before"
            )
        if not np.array_equal(networks.parameters_in(state, ("1.",), network)[0], network[0]):
            t.miss("testing changes the weights: no optimizer belongs into it")


def result_over_all(
    t: Trial,
    test: Test,
    points: float,
    measure: Measure = "accuracy",
    name: str = "",
    needs: str | None = None,
) -> None:
    """A part: the accuracy (0 to 1) or mean loss over all images, though the last batch is
    smaller than the others. A percentage is taken for what it means.

    A loop that takes steps is forgiven what they change of the number: `eval_mode_while_testing`
    is where they cost."""
    with t.part(name or f"{measure} over all images", points, needs=needs):
        network, x, y = _uneven_case(t, measure)
        net = recipes.linear(*network)
        told = number(test(net, x, y, BATCH), f"your {measure}")
        wanted = _measured(network, x, y, measure)
        if _agrees(told, wanted, measure):
            return
        kept = networks.parameters_in(net.state(), ("",), network)
        if not np.array_equal(kept[0], network[0]) and np.isclose(told, wanted, rtol=LEARNED):
            return  # that it learns while testing costs what it must in another part
        for words, share, value in _slips(network, x, y, measure):
            if _agrees(told, value, measure):
                t.earn(share, words)
                return
        t.miss(f"{told:.5g} where the {measure} over all {len(y)} images is {wanted:.5g}")


# -- what must come out -------------------------------------------------------------------


def _batch(t: Trial) -> tuple[Parameters, Array, Array]:
    """A network of one layer, and a batch with more of one class than of another: with as many
    of each, some losses have no gradient where all the images are 0."""
    network = networks.random_parameters(t.rng, 4, 3)
    y = t.rng.permutation(np.repeat(t.rng.permutation(3), (3, 2, 1)))
    return network, networks.single(t.randn(BATCH, 4)), y


def _step(epoch: Epoch, network: Parameters, x: Array, y: Array) -> Array:
    """By how much an epoch moves the weights behind a dropout, in eval mode before it."""
    net = recipes.dropout_probe(*network, training=False)
    epoch(net, x, y, BATCH, LR)
    return difference(networks.parameters_in(net.state(), ("1.",), network), network)


def _two_ways(t: Trial, measure: Measure) -> tuple[Parameters, Parameters, Array, Array]:
    """A network, what a dropout of everything makes of it, and images and labels of which no
    number, not even a slip's, can come from both."""
    while True:
        network, x, y = _clear_case(t, 4 * BATCH)
        in_train = (np.zeros_like(network[0]), network[1])
        others = (
            *_values(in_train, x, y, measure),
            *_values(network, x, y, OTHER[measure]),
            *_values(in_train, x, y, OTHER[measure]),
        )
        if not any(_tells(value, network, x, y, measure) for value in others):
            return network, in_train, x, y


def _uneven_case(t: Trial, measure: Measure) -> tuple[Parameters, Array, Array]:
    """A network, and two whole batches and a small one, the right ones last, so that it counts.

    No slip's number is another's, and none is an accuracy where a loss is asked for.
    """
    while True:
        network, x, y = _clear_case(t, 2 * BATCH + 2)
        order = np.argsort(networks.logits(network, x).argmax(axis=1) == y, kind="stable")
        x, y = x[order], y[order]
        slips = [(share, value) for _, share, value in _slips(network, x, y, measure)]
        others = _values(network, x, y, OTHER[measure])
        if apart([(1.0, _measured(network, x, y, measure)), *slips], by=1e-3) and not any(
            _tells(value, network, x, y, measure) for value in others
        ):
            return network, x, y


def _clear_case(t: Trial, count: int) -> tuple[Parameters, Array, Array]:
    """A network, images, and labels of which three in four are what the network says.

    The network is sure enough of the images that a small step does not change its mind: what a
    loop says of them does not hang on chance, even of one that learns on its way. What its bias
    says alone is right less often.
    """
    while True:
        network = networks.random_parameters(t.rng, 4, 3)
        x = networks.single(t.randn(8 * count, 4))
        best = np.sort(networks.logits(network, x), axis=1)
        ahead = best[:, -1] - best[:, -2]
        x = x[ahead >= np.quantile(ahead, 0.75)][:count]
        said = networks.logits(network, x).argmax(axis=1)
        other = (said + t.rng.integers(1, 3, count)) % 3
        y = np.where(np.arange(count) % 4 == 0, other, said)
        if np.mean(y == network[1].argmax()) < np.mean(y == said):
            return network, x, y


def _measured(network: Parameters, x: Array, y: Array, measure: Measure) -> float:
    what = networks.accuracy if measure == "accuracy" else networks.loss
    return what(network, x, y)


def _slips(
    network: Parameters, x: Array, y: Array, measure: Measure
) -> tuple[tuple[str, float, float], ...]:
    """What students' loops compute instead: words, share, value."""
    parts = [(x[i : i + BATCH], y[i : i + BATCH]) for i in range(0, len(y), BATCH)]
    means = [_measured(network, *part, measure) for part in parts]
    total = _measured(network, x, y, measure) * len(y)
    if measure == "accuracy":
        others = [("the share of wrong ones; count where they are equal", 0.3, 1 - total / len(y))]
    else:
        z = networks.logits(network, x)
        wrong = (rule for rule in RULES if rule.loss is not RULES[0].loss)
        others = [(rule.words, rule.share, rule.loss(z, y)) for rule in wrong]
    return (
        *others,
        (
            "the mean of the batches' means: the last batch is smaller, so its images count "
            "for more; add up over images, divide by all of them",
            0.5,
            float(np.mean(means)),
        ),
        (
            "divided by batches × batch size, which are more images than there are",
            0.4,
            total / (len(parts) * BATCH),
        ),
        ("this is the last batch alone", 0.2, means[-1]),
        ("this is the first batch alone: does a `return` stand in the loop?", 0.2, means[0]),
        ("a sum over images: divide by their number", 0.3, total),
        ("a sum over batches: each counts with its images", 0.3, sum(means)),
        ("divided by the number of batches, not of images", 0.4, total / len(parts)),
        (
            "the batches' means are added up, and then divided by the number of images",
            0.0,
            sum(means) / len(y),
        ),
    )


def _values(network: Parameters, x: Array, y: Array, measure: Measure) -> tuple[float, ...]:
    """The measure, and what slips make of it."""
    slips = (value for _, _, value in _slips(network, x, y, measure))
    return _measured(network, x, y, measure), *slips


def _tells(told: float, network: Parameters, x: Array, y: Array, measure: Measure) -> bool:
    """Whether a number is the measure of `network`, or a slip's."""
    return any(_agrees(told, value, measure) for value in _values(network, x, y, measure))


def _agrees(told: float, value: float, measure: Measure) -> bool:
    scales = (1.0, 100.0) if measure == "accuracy" else (1.0,)
    return any(np.isclose(told, scale * value, rtol=1e-4, atol=1e-9) for scale in scales)
