"""Notebook 2, the trainings: four networks compared, two more comparisons, the final network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from autograder.checks.training.accuracy import claims_agree, credit, standard_error
from autograder.judge import offers
from autograder.judge.images import held_out
from autograder.judge.models import Module
from autograder.judge.plots import Plot
from autograder.judge.registry import check
from autograder.judge.runs import RunRecord
from autograder.judge.trial import Missed, Trial

LABELS = ("SGD", "SGD + dropout", "Adam", "Adam + dropout")

SWEEP_TARGETS = {"real": 0.94, "sample": 0.60}
"""For the small networks after a few epochs, whichever the optimiser."""

FINAL_TARGETS = {"real": 0.985, "sample": 0.90}
"""MNIST: what such a network reaches in a few epochs, and what the notebook asks for."""

IMAGES = 500
"""For a small network: a standard error of 0.6 % at 98 %."""

FINAL_IMAGES = 1000

PARAMETERS = 3_274_634

VALIDATED, TESTED = {"real": 10_000, "sample": 240}, {"real": 10_000, "sample": 360}
"""Images on which the student measures."""

EASIER = 0.01
"""How much more the real test images may give than ours, which are moved by a pixel."""

ROUNDED = 0.005

ELSEWHERE = 0.1
"""A claim that is further off than this, chance apart, is about other weights."""

module, run = offers.later(offers.module), offers.later(offers.run)


# -- four networks ------------------------------------------------------------------------


@check("cnn_sweep", points=2, takes=(module,) * 4 + (run,) * 4)
def cnn_sweep(*given: object) -> None:
    *offered, t = given
    images = _images(offered[4:], t)
    for label, network, record in zip(LABELS, offered[:4], offered[4:], strict=True):
        accuracy = f"{label}: accuracy of the network"
        measured = credit(
            t, lambda n=network, r=record: images(IMAGES, n, r), images.of_kind(SWEEP_TARGETS),
            IMAGES, 0.3, name=accuracy,
        )  # fmt: skip
        with t.part(f"{label}: trained as its name says", 0.2, needs=accuracy):
            told = _trained(record())
            _as_labelled(label, told, network(), t)
            if measured is not None:
                _claimed(told, measured, images, t)


def _as_labelled(label: str, told: RunRecord, network: Module, t: Trial) -> None:
    optimizer = str(told.config.get("optimizer", ""))
    if optimizer.lower() != label.split()[0].lower():
        t.miss(f"it was trained with {optimizer or 'an optimiser that nobody noted'}")
    drops = _drops(network)
    if drops is not label.endswith("dropout"):
        t.miss("it has dropout" if drops else "it has no dropout: in train mode nothing is dropped")


def _drops(network: Module) -> bool:
    """Whether train mode makes a difference: values, not what the network says of itself."""
    images = np.random.default_rng(0).random((8, 1, 28, 28))
    trained = network.logits(images, training=True)
    return not np.allclose(trained, network.logits(images), rtol=1e-4, atol=1e-5)


@check("cnn_curves", points=0.5, takes=(offers.axes,) + (run,) * 4)
def cnn_curves(plot: Plot, *given: object) -> None:
    *offered, t = given
    drawn = "the training losses of all four networks"
    found = []
    with t.part(drawn, 0.3):
        for label, record in zip(LABELS, offered, strict=True):
            losses = np.array(_trained(record()).history.get("train_loss", ()))
            lines = [line for line in plot.lines if line.shows(losses)]
            found += [(label, lines[0])] if lines else []
            if not lines:
                t.say(f"no line has the training losses of {label}")
        t.earn(len(found) / 4)
    with t.part("labels for lines and axes", 0.2, needs=drawn):
        share = 1.0
        for label, line in found:
            if not _says(line.label, label):
                t.say(f"the line of {label} is labelled {line.label!r}")
                share = min(share, 0.5)
        if not plot.legend:
            t.say("there is no legend, so nobody can see which line is which")
            share = min(share, 0.5)
        if not plot.xlabel or not plot.ylabel:
            t.say("label both axes: the epoch, and the loss")
            share -= 0.5
        t.earn(share)


def _says(text: str, label: str) -> bool:
    """Whether a line's label names the optimiser, and dropout or its absence."""
    text = text.lower()
    named = label.split()[0].lower() in text
    without = any(word in text for word in ("no dropout", "without", "dropout 0 ", "p=0,"))
    return named and (label.endswith("dropout")) is ("drop" in text and not without)


# -- two more comparisons -----------------------------------------------------------------


@check("cnn_batches", points=1, takes=(module,) * 3 + (run,) * 3)
def cnn_batches(*given: object) -> None:
    *offered, t = given
    _three_runs(offered[:3], offered[3:], "batch_size", t)


@check("cnn_hyper", points=1, takes=(offers.text, *(module,) * 3, *(run,) * 3))
def cnn_hyper(hyperparameter: str, *given: object) -> None:
    *offered, t = given
    setting = hyperparameter.strip()
    _three_runs(offered[:3], offered[3:], setting if setting != "batch_size" else "", t)


def _three_runs(networks: Sequence, runs: Sequence, setting: str, t: Trial) -> None:
    """Three trainings that differ in one setting of their config, and in nothing else."""
    images = _images(runs, t)
    records: list[RunRecord] = []
    for index, (network, record) in enumerate(zip(networks, runs, strict=True), 1):
        with t.part(f"training {index}", 0.25):
            told = _trained(record())
            measured = images(IMAGES, network, record)
            records.append(told)
            claimed = _claimed(told, measured, images, t)
            if abs(claimed - measured) > ELSEWHERE + 3 * standard_error(0.5, IMAGES):
                t.earn(0.4, "these are not the weights that this run has trained")
    with t.part(f"three values of {setting or 'a setting'}, all else alike", 0.25):
        if len(records) < 3:
            t.miss("there are not three trainings to compare")
        if not setting:
            t.miss("name a setting as `experiment` calls it, another one than the batch size")
        _differ_only_in(setting, records, t)


def _differ_only_in(setting: str, records: Sequence[RunRecord], t: Trial) -> None:
    values = [_written(record.config.get(setting)) for record in records]
    if "None" in values:
        t.miss(f"the settings of your runs do not say what their {setting} was")
    if len(set(values)) < 3:
        t.miss(f"{setting} was {', '.join(values)}: three different values are asked for")
    for key in sorted(set().union(*(record.config for record in records)) - {setting}):
        others = {_written(record.config.get(key)) for record in records}
        if len(others) > 1:
            t.earn(0.4, f"{key} differs, too: {', '.join(sorted(others))}. Change one at a time")
    if len({record.epochs for record in records}) > 1:
        t.earn(0.4, "the numbers of epochs differ, so more than one thing was changed")


def _written(value: object) -> str:
    return f"{value:g}" if type(value) in (int, float) else str(value)


# -- the final network --------------------------------------------------------------------


@check("cnn_final", points=1.5, takes=(module, run, offers.later(offers.number)))
def cnn_final(network: Callable, record: Callable, claim: Callable, t: Trial) -> None:
    images = _images([record], t)
    measured_part = "accuracy on images it has not seen"
    measured = credit(
        t, lambda: images(FINAL_IMAGES, network, record), images.of_kind(FINAL_TARGETS),
        FINAL_IMAGES, 1.0, name=measured_part,
    )  # fmt: skip
    with t.part("the network of the table", 0.25, needs=measured_part):
        count = sum(array.size for array in network().state().values())
        if count != PARAMETERS:
            t.miss(f"it has {count:,} numbers to learn; asked for: {PARAMETERS:,}")
    with t.part("the accuracy that you report", 0.25, needs=measured_part):
        claimed = claim()
        if not 0 <= claimed <= 1:
            t.miss(f"{claimed:g} is no share; give a number from 0 to 1")
        if measured is None:
            t.miss("there is nothing to compare it with")
        if not _agree(claimed, measured, FINAL_IMAGES, TESTED, "test accuracy", images, t):
            t.earn(0.0 if abs(claimed - measured) > ELSEWHERE else 0.5)


# -- measuring ----------------------------------------------------------------------------


class _Images:
    """Images whose labels stay here, of the kind that the runs say they were trained on."""

    def __init__(self, is_sample: bool, t: Trial) -> None:
        self.is_sample = is_sample
        self._t = t

        @cache
        def drawn(count: int) -> tuple[np.ndarray, np.ndarray]:
            pixels, labels = held_out("mnist", is_sample, t.rng, count)
            return (pixels / 255).astype(np.float32)[:, None], labels

        self._drawn = drawn

    def of_kind(self, table: dict) -> float:
        """The entry for the sample, or the one for the real data."""
        return table["sample" if self.is_sample else "real"]

    def __call__(
        self, count: int, network: Callable[[], Module], record: Callable[[], RunRecord]
    ) -> float:
        """The accuracy of a network on `count` of them; `Missed` where its run has no weights."""
        _with_weights(record())
        images, labels = self._drawn(count)
        return network().accuracy(images, labels)


def _images(records: Sequence[Callable[[], RunRecord]], t: Trial) -> _Images:
    """Where any of the runs says that it was the sample, it is."""
    told = []
    for record in records:
        try:
            told.append(record().is_sample)
        except Missed:  # each part says so of its own run
            continue
    return _Images(any(told), t)


def _trained(told: RunRecord) -> RunRecord:
    """The run, if it was trained for at least two epochs and says how the losses went."""
    _with_weights(told)
    losses = told.history.get("train_loss", ())
    if len(losses) < 2 or not np.all(np.isfinite(losses)):
        raise Missed(f"{told.name} has no training losses of two epochs or more")
    return told


def _with_weights(told: RunRecord) -> None:
    """`Missed`, with the reason, where no weights were handed in.

    Asked before images are drawn: such a run does not say which data it was trained on.
    """
    if not told.trained:
        raise Missed(told.problem or f"{told.name or 'this run'} was not trained")


def _claimed(told: RunRecord, measured: float, images: _Images, t: Trial) -> float:
    """The last validation accuracy of a run; where it is far from the measured one, both hear."""
    claimed = told.last("val_accuracy")
    if claimed is None or not np.isfinite(claimed):
        raise Missed(f"{told.name} has no validation accuracy in its history")
    what = f"{told.name}: validation accuracy"
    _agree(claimed, measured, IMAGES, VALIDATED, what, images, t)
    return claimed


def _agree(
    claimed: float,
    measured: float,
    ours: int,
    theirs: dict[str, int],
    what: str,
    images: _Images,
    t: Trial,
) -> bool:
    """`claims_agree`, with the chance in the student's own images allowed for as well."""
    likely = min(max(measured, 1 / ours), 1 - 1 / ours)
    errors = [standard_error(likely, count) for count in (ours, images.of_kind(theirs))]
    easier = ROUNDED + (0 if images.is_sample else EASIER)
    if abs(claimed - measured) <= easier + 3 * float(np.hypot(*errors)):
        return True
    return claims_agree(t, claimed, measured, ours, what)
