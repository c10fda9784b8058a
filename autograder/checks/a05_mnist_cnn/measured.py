"""Images on which trained networks are measured, and what their runs claim beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from autograder.checks.training.accuracy import claims_agree, standard_error
from autograder.judge.images import held_out
from autograder.judge.models import Module
from autograder.judge.runs import RunRecord
from autograder.judge.trial import Missed, Trial

IMAGES = 500
"""For a small network: a standard error of 0.6 % at 98 %."""

VALIDATED, TESTED = {"real": 10_000, "sample": 240}, {"real": 10_000, "sample": 360}
"""Images on which the student measures."""

EASIER = 0.01
"""How much more the real test images may give than ours, which are moved by a pixel."""

ROUNDED = 0.005


class Images:
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


def images_for(records: Sequence[Callable[[], RunRecord]], t: Trial) -> Images:
    """Where any of the runs says that it was the sample, it is."""
    told = []
    for record in records:
        try:
            told.append(record().is_sample)
        except Missed:  # each part says so of its own run
            continue
    return Images(any(told), t)


def trained(told: RunRecord) -> RunRecord:
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


def claimed_by(told: RunRecord, measured: float, images: Images, t: Trial) -> float:
    """The last validation accuracy of a run; where it is far from the measured one, both hear."""
    claimed = told.last("val_accuracy")
    if claimed is None or not np.isfinite(claimed):
        raise Missed(f"{told.name} has no validation accuracy in its history")
    what = f"{told.name}: validation accuracy"
    agree(claimed, measured, IMAGES, VALIDATED, what, images, t)
    return claimed


def agree(
    claimed: float,
    measured: float,
    ours: int,
    theirs: dict[str, int],
    what: str,
    images: Images,
    t: Trial,
) -> bool:
    """`claims_agree`, with the chance in the student's own images allowed for as well."""
    likely = min(max(measured, 1 / ours), 1 - 1 / ours)
    errors = [standard_error(likely, count) for count in (ours, images.of_kind(theirs))]
    easier = ROUNDED + (0 if images.is_sample else EASIER)
    if abs(claimed - measured) <= easier + 3 * float(np.hypot(*errors)):
        return True
    return claims_agree(t, claimed, measured, ours, what)
