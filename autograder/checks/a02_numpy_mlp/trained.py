"""Parts (c) and (d): the network that was handed in, what was said of it, and its plot."""

from __future__ import annotations

import numpy as np

from autograder.checks.a02_numpy_mlp.reference import Array, classifier_scores
from autograder.checks.training.accuracy import by_chance, claims_agree, credit
from autograder.checks.training.curves import labelled
from autograder.judge import offers
from autograder.judge.images import held_out
from autograder.judge.plots import Line, Plot
from autograder.judge.registry import check
from autograder.judge.runs import RunRecord
from autograder.judge.trial import Missed, Trial

TARGETS = {"real": 0.45, "sample": 0.60}
"""Course text 4.2(c) asks for 45 % of CIFAR-10. A plain softmax layer gets about 0.42 of it."""

IMAGES = 2000
"""A standard error of 1.1 %."""

PIXELS = 32 * 32 * 3
EASIER = 0.02
"""How much more than ours a student's test images may give: some of ours are mirrored."""


# -- the network --------------------------------------------------------------------------


@check("hyperparameters", points=0.8, takes=(offers.value, offers.run))
def hyperparameters(network: object, record: RunRecord, t: Trial) -> None:
    target = TARGETS["sample" if record.is_sample else "real"]
    measured = credit(t, lambda: _measured(network, record, t), target, IMAGES, 0.8)
    if measured is not None:
        if record.is_sample:
            t.say("it was trained on the sample, so it was measured on images of that kind")
        claimed = record.last("validation_accuracy")
        if claimed is not None and abs(claimed - measured) > _allowed(measured, record, 250, 2500):
            claims_agree(t, claimed, measured, IMAGES, "validation accuracy")


@check("test_accuracy", points=0.2, takes=(offers.number, offers.value, offers.run))
def test_accuracy(claimed: float, network: object, record: RunRecord, t: Trial) -> None:
    with t.part("the accuracy that your network has", 0.2):
        measured = _measured(network, record, t)
        if not 0 <= claimed <= 1:
            t.miss(f"{claimed:g} is no share; give a number from 0 to 1, such as {measured:.2f}")
        if abs(claimed - measured) > _allowed(measured, record, 1000, 10_000):
            t.miss(
                f"you give {claimed:.3f}, but your network gets {measured:.3f} of {IMAGES} images "
                "of the test kind right. Are these the test images, scaled with the mean and the "
                "spread of the training images?"
            )
        if measured < 0.15:
            t.miss(f"a network that guesses gets 0.1, and yours {measured:.3f}: train it first")


def _allowed(measured: float, record: RunRecord, in_sample: int, in_real: int) -> float:
    """How far an accuracy on so many images of the student's may be from ours, by chance."""
    theirs = in_sample if record.is_sample else in_real
    return (0 if record.is_sample else EASIER) + by_chance(measured, theirs, IMAGES)


def _measured(network: object, record: RunRecord, t: Trial) -> float:
    """The share of held-out images that the network gets right, worked out here."""
    if not record.trained:
        raise Missed(record.problem or "there is no trained network")
    params, mean, spread = _weights(network)
    pixels, labels = held_out("cifar10", record.is_sample, t.rng, IMAGES)
    x = (pixels.reshape(len(pixels), -1) / 255 - mean) / spread
    scores = classifier_scores(params, x)
    right = np.argmax(scores, axis=1) == labels
    return float(np.mean(right & np.isfinite(scores).all(axis=1)))


def _weights(network: object) -> tuple[dict[str, Array], Array, Array]:
    """Parameters, mean image and spread; `Missed` if they do not make a network."""
    if not isinstance(network, dict):
        raise Missed("there is no network to measure")
    found = {name: np.asarray(network.get(name)) for name in ("W1", "b1", "W2", "b2")}
    scaling = np.asarray(network.get("mean")), np.asarray(network.get("spread"))
    hidden = found["b1"].size
    wanted = {"W1": (PIXELS, hidden), "b1": (hidden,), "W2": (hidden, 10), "b2": (10,)}
    for name, shape in wanted.items():
        if found[name].shape != shape or found[name].dtype.kind != "f":
            raise Missed(f"{name} of your network has shape {found[name].shape}; expected {shape}")
    if scaling[0].shape != (PIXELS,) or scaling[1].size != 1 or not np.all(scaling[1] > 0):
        raise Missed("the scaling of your network is not the one of the training cell")
    return found, *scaling


# -- the plot -----------------------------------------------------------------------------


@check("accuracy_plot", points=0.5, takes=(offers.axes, offers.value))
def accuracy_plot(plot: Plot, history: dict[str, list[float]], t: Trial) -> None:
    lines = {}
    for kind in ("train", "validation"):
        with t.part(f"the {kind} accuracy is drawn", 0.15):
            lines[kind] = _line_of(plot, history, kind, t)
    both = "the validation accuracy is drawn"
    wanted = {kind: history[f"{kind}_accuracy"] for kind in ("train", "validation")}
    labelled(t, plot, lines, wanted, 0.1, needs=both, synonyms={"validation": ("val",)})
    with t.part("one axis for both, with labels", 0.1, needs=both):
        if plot.twins:
            t.earn(0, "each line has an axis of its own (twinx), so they cannot be compared")
        elif not plot.xlabel or not plot.ylabel:
            t.earn(0.5, "label both axes: the epoch, and the accuracy")


def _line_of(plot: Plot, history: object, kind: str, t: Trial) -> Line:
    wanted = np.asarray(history[f"{kind}_accuracy"], dtype=float)
    for line in plot.lines:
        if line.shows(wanted) or line.shows(100 * wanted):
            if len(line.x) > 1 and not np.allclose(np.diff(line.x), line.x[1] - line.x[0]):
                t.miss("the epochs are not evenly spaced")
            return line
    drawn = f"{len(plot.lines)} lines" if len(plot.lines) != 1 else "1 line"
    twin = "; draw both into one Axes, without twinx" if plot.twins else ""
    raise Missed(f"your plot has {drawn}, none with the numbers of {kind}_accuracy{twin}")
