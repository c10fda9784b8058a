"""The network that was handed in, the curves of its training, and what was said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.checks.a04_grayscale_mlp.network import accuracy
from autograder.checks.training.accuracy import by_chance, claims_agree, credit
from autograder.checks.training.curves import axes_named, drawn, labelled
from autograder.judge import offers
from autograder.judge.images import held_out
from autograder.judge.models import Module
from autograder.judge.plots import Plot
from autograder.judge.registry import check
from autograder.judge.runs import RunRecord
from autograder.judge.trial import Missed, Trial

TARGETS = {"real": 0.40, "sample": 0.25}
"""Real: a linear softmax classifier on the same pixels gets about 0.31, this network 0.44.

On the sample the accuracy jumps from epoch to epoch, from 0.35 to 0.55 after thirty.
"""

IMAGES = 2000
"""A standard error of 1.1 %."""

EASIER = 0.03
"""How much more than ours a student's test images may give: half of ours are mirrored."""

STEEP = 0.25
"""Of the training loss' whole fall, what may be left to its last fifth. A straight line has 0.2."""

module, run = offers.later(offers.module), offers.later(offers.run)


@check("gray_training", points=4, takes=(module, run))
def gray_training(network: Callable[[], Module], run: Callable[[], RunRecord], t: Trial) -> None:
    record = run()
    target = TARGETS["sample" if record.is_sample else "real"]
    part = "accuracy on images it has not seen"
    measured = credit(t, lambda: _measured(network(), record, t), target, IMAGES, 2.5, name=part)
    if measured is not None:
        if record.is_sample:
            t.say("it was trained on the sample, so it was measured on images of that kind")
        claimed = record.last("test_accuracy")
        if claimed is not None and abs(claimed - measured) > _allowed(measured, record):
            claims_agree(t, claimed, measured, IMAGES, "test accuracy")
    with t.part("batches of 64, SGD with lr = 0.01 and nothing else", 1, needs=part):
        _as_asked(record, t)
    with t.part("trained until the training loss is flat, or nearly so", 0.5, needs=part):
        _flat(record, t)


def _as_asked(record: RunRecord, t: Trial) -> None:
    asked = {"optimizer": "SGD", "lr": 0.01, "batch_size": 64, "momentum": 0, "weight_decay": 0}
    wrong = []
    for name, wanted in asked.items():
        told = record.config.get(name)
        if told != wanted and not (wanted == 0 and told is None):
            wrong.append(f"{name} was {told}, asked for: {wanted}")
    if wrong:
        t.earn(max(0.0, 1 - 0.5 * len(wrong)), "; ".join(wrong))


def _flat(record: RunRecord, t: Trial) -> None:
    losses = np.array(record.history.get("train_loss", ()))
    if len(losses) < 5 or not np.all(np.isfinite(losses)):
        t.miss("fewer than five epochs are no curve that could have become flat: train longer")
    last = losses[-1 - max(1, round(len(losses) / 5))] - losses[-1]
    share = last / (losses[0] - losses[-1]) if losses[0] > losses[-1] else 1.0
    if share > STEEP:
        t.miss(
            f"the last fifth of the epochs brought {share:.0%} of all that the training loss "
            "fell: it is still steep, so train longer"
        )


def _measured(net: Module, record: RunRecord, t: Trial) -> float:
    """The share of held-out images that the network gets right."""
    if not record.trained:
        raise Missed(record.problem or "there is no trained network")
    return accuracy(net, *held_out("cifar10", record.is_sample, t.rng, IMAGES))


def _allowed(measured: float, record: RunRecord) -> float:
    """How far an accuracy on the student's test images may be from ours, by chance."""
    theirs = 1000 if record.is_sample else 10_000
    return (0 if record.is_sample else EASIER) + by_chance(measured, theirs, IMAGES)


# -- curves -------------------------------------------------------------------------------


@check("gray_curves", points=2, takes=(offers.axes, offers.value))
def gray_curves(plot: Plot, history: object, t: Trial) -> None:
    if not isinstance(history, Mapping) or not {"train_loss", "test_loss"} <= history.keys():
        raise Missed("there are no losses to compare your plot with")
    wanted = {"train": history["train_loss"], "test": history["test_loss"]}
    lines = "both losses are drawn"
    found = drawn(t, plot, wanted, 1.2, lines)
    labelled(t, plot, found, wanted, 0.4, needs=lines, synonyms={"test": ("valid",)})
    axes_named(t, plot, 0.4, needs=lines, name="one axis for both, with labels")


# -- what was reported --------------------------------------------------------------------


@check(
    "gray_accuracy",
    points=1,
    takes=(offers.later(offers.number), offers.later(offers.number), module, module, run, run),
)
def gray_accuracy(
    test: Callable[[], float],
    baseline: Callable[[], float],
    network: Callable[[], Module],
    linear: Callable[[], Module],
    network_run: Callable[[], RunRecord],
    linear_run: Callable[[], RunRecord],
    t: Trial,
) -> None:
    for name, told, net, run in (
        ("test accuracy of your network", test, network, network_run),
        ("test accuracy of the linear classifier", baseline, linear, linear_run),
    ):
        with t.part(name, 0.5):
            claimed = told()
            measured = _measured(net(), run(), t)
            if not 0 <= claimed <= 1:
                t.miss(f"{claimed:g} is no share; give a number from 0 to 1, such as 0.25")
            if abs(claimed - measured) > _allowed(measured, run()):
                t.miss(
                    f"you give {claimed:.3f}, but it gets {measured:.3f} of {IMAGES} images of "
                    "the test kind right. Is this the test set, and the network as it is now?"
                )
