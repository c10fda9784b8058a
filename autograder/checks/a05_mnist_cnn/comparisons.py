"""Notebook 2, the trainings: four networks compared, two more comparisons, the final network."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, pairwise

import numpy as np

from autograder.checks.a05_mnist_cnn.measured import (
    IMAGES,
    TESTED,
    agree,
    claimed_by,
    images_for,
    trained,
)
from autograder.checks.training.accuracy import by_chance, credit, standard_error
from autograder.judge import offers
from autograder.judge.models import Module
from autograder.judge.plots import Plot
from autograder.judge.registry import check
from autograder.judge.runs import RunRecord
from autograder.judge.trial import Trial

LABELS = ("SGD", "SGD + dropout", "Adam", "Adam + dropout")

SWEEP_TARGETS = {"real": 0.94, "sample": 0.60}
"""For the small networks after a few epochs, whichever the optimiser."""

FINAL_TARGETS = {"real": 0.985, "sample": 0.90}
"""MNIST: what such a network reaches in a few epochs, and what the notebook asks for."""

FINAL_IMAGES = 1000

PARAMETERS = 3_274_634

ELSEWHERE = 0.1
"""A claim that is further off than this, chance apart, is about other weights."""

FAR = 1.5
"""How many times as large the next batch size must be."""

State = Mapping[str, np.ndarray]
Training = tuple[RunRecord, State]
"""What a run says, and the weights of its network."""

module, run = offers.later(offers.module), offers.later(offers.run)


# -- four networks ------------------------------------------------------------------------


@check("cnn_sweep", points=2, takes=(module,) * 4 + (run,) * 4)
def cnn_sweep(*given: object) -> None:
    *offered, t = given
    images = images_for(offered[4:], t)
    rates: dict[str, str] = {}
    for label, network, record in zip(LABELS, offered[:4], offered[4:], strict=True):
        accuracy = f"{label}: accuracy of the network"
        measured = credit(
            t, lambda n=network, r=record: images(IMAGES, n, r), images.of_kind(SWEEP_TARGETS),
            IMAGES, 0.3, name=accuracy,
        )  # fmt: skip
        with t.part(f"{label}: trained as its name says", 0.2, needs=accuracy):
            told = trained(record())
            _as_labelled(label, told, network(), t)
            if measured is not None:
                claimed_by(told, measured, images, t)
            rate = _setting(told, "lr")
            if rates.setdefault(label.split()[0], rate) != rate:
                t.earn(
                    0.5,
                    f"its learning rate is {rate}, and without dropout it was "
                    f"{rates[label.split()[0]]}: so more than the dropout was changed",
                )


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
            losses = np.array(trained(record()).history.get("train_loss", ()))
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
    drops = WITH.search(text) is not None and WITHOUT.search(text) is None
    return named and label.endswith("dropout") is drops


WITH = re.compile(r"drop|(?<![a-z])p[\W_]*[01]")
WITHOUT = re.compile(
    r"without|(?<![a-z])(no|w/?o)[\W_]*drop"
    r"|(drop[a-z]*|(?<![a-z])p)[\W_]*0(\.0*)?(?![.\d])"  # a probability of 0, not of 0.4
)


# -- two more comparisons -----------------------------------------------------------------


@check("cnn_batches", points=1, takes=(module,) * 3 + (run,) * 3)
def cnn_batches(*given: object) -> None:
    *offered, t = given
    trainings = _three_trainings(offered[:3], offered[3:], t)
    with t.part("three batch sizes, far apart, and Adam with dropout for all", 0.25):
        _differ_only_in("batch_size", trainings, t)
        configs = [told.config for told, _ in trainings]
        if any(c.get("optimizer") != "Adam" or not c.get("dropout") for c in configs):
            t.earn(0.4, "the question asks for Adam with dropout")
        sizes = [c["batch_size"] for c in configs if type(c["batch_size"]) in (int, float)]
        if any(larger < FAR * smaller for smaller, larger in pairwise(sorted(sizes))):
            t.earn(0.4, "these batch sizes are so near that they show nothing: take 16, 64, 256")


@check("cnn_hyper", points=1, takes=(offers.text, *(module,) * 3, *(run,) * 3))
def cnn_hyper(hyperparameter: str, *given: object) -> None:
    *offered, t = given
    setting = hyperparameter.strip()
    trainings = _three_trainings(offered[:3], offered[3:], t)
    with t.part(f"three values of {setting or 'a setting'}, all else alike", 0.25):
        if setting in ("", "batch_size"):
            t.miss("name a setting as `experiment` calls it, another one than the batch size")
        _differ_only_in(setting, trainings, t)


def _three_trainings(networks: Sequence, runs: Sequence, t: Trial) -> list[Training]:
    """Three parts: each network is measured, and held against what its run claims."""
    images = images_for(runs, t)
    found: list[Training] = []
    guessing = 0
    for index, (network, record) in enumerate(zip(networks, runs, strict=True), 1):
        with t.part(f"training {index}", 0.25):
            told = trained(record())
            measured = images(IMAGES, network, record)
            found.append((told, network().state()))
            if not found[-1][1]:
                t.miss("this network has nothing to learn")
            guesses = measured < 0.1 + by_chance(0.1, IMAGES)
            guessing += guesses
            if guesses and guessing > 1:
                t.miss(
                    f"{measured:.0%} is what guessing gives. One training that learned nothing "
                    "may be a result; here it is not the only one"
                )
            claimed = claimed_by(told, measured, images, t)
            if abs(claimed - measured) > ELSEWHERE + 3 * standard_error(0.5, IMAGES):
                t.earn(0.4, "these are not the weights that this run has trained")
    return found


def _differ_only_in(setting: str, trainings: Sequence[Training], t: Trial) -> None:
    if len(trainings) < 3:
        t.miss("there are not three trainings to compare")
    records = [told for told, _ in trainings]
    values = [_setting(told, setting) for told in records]
    if "None" in values:
        t.miss(f"the settings of your runs do not say what their {setting} was")
    if len(set(values)) < 3:
        t.miss(f"{setting} was {', '.join(values)}: three different values are asked for")
    if any(_same(one, other) for (_, one), (_, other) in combinations(trainings, 2)):
        t.miss(f"two of the networks have the same weights, so their {setting} was the same")
    for key in sorted(set().union(*(told.config for told in records)) - {setting}):
        others = {_setting(told, key) for told in records}
        if len(others) > 1:
            t.earn(0.4, f"{key} differs, too: {', '.join(sorted(others))}. Change one at a time")
    if len({told.epochs for told in records}) > 1:
        t.earn(0.4, "the numbers of epochs differ, so more than one thing was changed")


def _setting(told: RunRecord, name: str) -> str:
    """As a run's config says; an optimizer without these two has 0 of them."""
    value = told.config.get(name, 0 if name in ("momentum", "weight_decay") else None)
    return f"{value:g}" if type(value) in (int, float) else str(value)


def _same(one: State, other: State) -> bool:
    return one.keys() == other.keys() and all(np.array_equal(one[k], other[k]) for k in one)


# -- the final network --------------------------------------------------------------------


@check("cnn_final", points=1.5, takes=(module, run, offers.later(offers.number)))
def cnn_final(network: Callable, record: Callable, claim: Callable, t: Trial) -> None:
    images = images_for([record], t)
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
        if not agree(claimed, measured, FINAL_IMAGES, TESTED, "test accuracy", images, t):
            t.earn(0.0 if abs(claimed - measured) > ELSEWHERE else 0.5)
