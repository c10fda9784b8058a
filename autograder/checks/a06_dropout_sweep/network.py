"""The convolutional network with its dropout, and the two loops that train and test it."""

from __future__ import annotations

import math

import numpy as np

from autograder.checks.training.loops import evaluate_parts, train_epoch_parts
from autograder.checks.training.states import gives_logits
from autograder.judge import offers
from autograder.judge.models import Layer, Maker, Module
from autograder.judge.registry import check
from autograder.judge.training_replay import Trainer
from autograder.judge.trial import Trial

MOST = 1_000_000
"""Fewer parameters than this (course text, Problem D)."""

DROPOUTS = ("Dropout", "Dropout2d")
ALLOWED = ("Linear", "Conv2d", "MaxPool2d", "BatchNorm2d", *DROPOUTS, "ReLU", "Softmax", "Flatten")
"""The text's list, and Flatten, without which no Sequential gets from images to logits."""

BUFFERS = ("running_mean", "running_var", "num_batches_tracked")
"""What batch normalisation keeps in its state, and nobody learns."""


@check("sweep_network", points=0.3, takes=offers.maker)
def sweep_network(make: Maker, t: Trial) -> None:
    images = t.rng.random((12, 1, 28, 28)).astype(np.float32)
    small = "logits for ten classes from fewer than 1,000,000 parameters"
    with t.part(small, 0.1):
        net = make(0.5)
        _small(net, t)
        shape = net.logits(images).shape
        if shape != (12, 10):
            t.miss(f"12 images of shape (1, 28, 28) give {shape}; expected (12, 10)")
        if not _alike(net.logits(images[:1]), net.logits(images)[:1], 1e-2):
            t.earn(
                0.5,
                "in eval mode the logits of an image depend on the other images of its batch: is "
                "there a softmax over the batch, dim=0?",
            )
    gives_logits(t, make(0.5), images, 0.05, needs=small)
    drops = "dropout of the probability p"
    with t.part(drops, 0.1, needs=small):
        _drops(make, images, t)
    with t.part("a Sequential of the layers allowed, with p in every dropout", 0.05, drops, True):
        _layers(make(0.3).layers(), t)


def learned(net: Module) -> int:
    """How many numbers a network learns: counted from its state, not asked for."""
    return sum(
        math.prod(array.shape)
        for name, array in net.state().items()
        if name.rpartition(".")[2] not in BUFFERS
    )


def _small(net: Module, t: Trial) -> None:
    count = learned(net)
    if count >= MOST:
        t.miss(
            f"it has {count:,} parameters, and fewer than {MOST:,} are allowed. Most of them are "
            "in the first dense layer: pool once more before it, or make it narrower"
        )
    if not count:
        t.miss("it has nothing to learn")


def _drops(make: Maker, images: np.ndarray, t: Trial) -> None:
    """By values: networks of the same weights, which differ in p alone."""
    plain = make(0.0)
    weights = list(plain.state().values())
    dropping = {}
    for p in (0.2, 0.8):
        net = dropping[p] = make(p)
        own = net.state()  # a dropout layer that is not there at p = 0 only moves the names
        if [array.shape for array in own.values()] != [array.shape for array in weights]:
            t.miss(f"make_model(0) and make_model({p}) have other weights: only p may differ")
        net.set_state(dict(zip(own, weights, strict=True)))
        if not _alike(net.logits(images), plain.logits(images)):
            t.miss(
                f"in eval mode the network with p = {p} gives other logits than without dropout: "
                "something is dropped at test time, or p changes more than the dropout"
            )
    still = plain.logits(images, training=True)
    # In another order the same images draw other numbers to drop.
    turned = plain.logits(images[::-1].copy(), training=True)[::-1]
    if not _alike(turned, still, 1e-2):
        t.miss("with p = 0 something is dropped all the same: every dropout layer gets p")
    away = [np.mean(np.abs(dropping[p].logits(images, training=True) - still)) for p in dropping]
    if max(away) < 1e-6:
        t.miss("in train mode nothing is dropped, whatever p is: give p to the dropout layers")
    if not away[0] < away[1]:
        t.miss("a larger p should drop more, and here it does not")


def _alike(first: np.ndarray, second: np.ndarray, rtol: float = 1e-4) -> bool:
    scale = np.max(np.abs(second), initial=0)
    return first.shape == second.shape and np.allclose(first, second, rtol=0, atol=rtol * scale)


def _layers(layers: tuple[Layer, ...], t: Trial) -> None:
    kinds = [layer.type.removeprefix("torch.nn.") for layer in layers]
    strange = sorted(set(kinds) - set(ALLOWED))
    if strange:
        t.miss(f"only {', '.join(ALLOWED)} are allowed; there is {', '.join(strange)}")
    if kinds.count("Conv2d") < 2:
        t.miss("a deep convolutional network has two convolutions or more")
    if "ReLU" not in kinds:
        t.miss("there is no nn.ReLU: what is asked for is a Sequential, with each ReLU a layer")
    rates = [layer.settings.get("p") for layer in layers if layer.type[9:] in DROPOUTS]
    if any(p != 0.3 for p in rates):
        t.miss(f"the dropout layers of make_model(0.3) have p = {', '.join(map(str, rates))}")


@check("sweep_training", points=0.2, takes=(offers.later(offers.trainer),) * 2)
def sweep_training(train_epoch: object, evaluate: object, t: Trial) -> None:
    for ask, parts, points in (
        (train_epoch, train_epoch_parts, 0.12),
        (evaluate, evaluate_parts, 0.08),
    ):
        parts(t, _Asked(ask), points)


class _Asked:
    """A function taken when it is first called: what is missing costs its own parts alone."""

    def __init__(self, take: object) -> None:
        self._take = take

    def __call__(self, *arguments: object) -> object:
        trainer: Trainer = self._take()
        return trainer(*arguments)
