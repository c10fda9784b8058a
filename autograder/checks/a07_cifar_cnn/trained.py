"""The network that was handed in, measured again on images whose labels stay here."""

from __future__ import annotations

from autograder.checks.training.accuracy import claims_agree, credit
from autograder.judge.images import held_out
from autograder.judge.models import Module
from autograder.judge.offers import module, run
from autograder.judge.registry import check
from autograder.judge.runs import RunRecord
from autograder.judge.trial import Missed, Trial

TARGETS = {"real": 0.75, "sample": 0.85}
"""Ours; the course text names none. Of CIFAR-10 a plain softmax layer gets about 0.39."""

IMAGES = 3000
"""A standard error of 0.8 %."""


@check("cifar_training", points=2, takes=(module, run))
def cifar_training(net: Module, record: RunRecord, t: Trial) -> None:
    target = TARGETS["sample" if record.is_sample else "real"]
    measured = credit(t, lambda: _measured(net, record, t), target, IMAGES, 2)
    if measured is None:
        return
    if record.is_sample:
        t.say("it was trained on the sample, so it was measured on images of that kind")
    claimed = record.last("val_acc")
    # Of 500 validation images of the sample the standard error is 2 % by itself.
    if claimed is not None and abs(claimed - measured) > 0.08:
        claims_agree(t, claimed, measured, IMAGES, "validation accuracy")


def _measured(net: Module, record: RunRecord, t: Trial) -> float:
    if not record.trained:
        raise Missed(record.problem or "there is no trained network")
    pixels, labels = held_out("cifar10", record.is_sample, t.rng, IMAGES)
    return net.accuracy(pixels.transpose(0, 3, 1, 2).astype(float), labels)
