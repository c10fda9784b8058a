"""MNIST and CIFAR-10, and a small sample for machines without internet.

    from chainrule.datasets import cifar10

    data = cifar10()
    data.train.images, data.train.labels

What is missing is downloaded. The environment variable ``CHAINRULE_DATA`` names the folder
of the data, and ``CHAINRULE_DATASET=sample`` asks for the sample: it is never put in the
place of the real data unasked.
"""

from __future__ import annotations

import os

from chainrule.datasets import sample
from chainrule.datasets.errors import DataError
from chainrule.datasets.split import DataSet, Split

__all__ = ["DataError", "DataSet", "Split", "cifar10", "load", "mnist", "sample"]

NAMES = ("mnist", "cifar10")
CHOICE = "CHAINRULE_DATASET"
"""The variable that asks for the sample."""

_announced: set[str] = set()


def cifar10() -> DataSet:
    """60,000 photographs of ten kinds of things, (32, 32, 3); or the sample, where asked for.

    Raises:
        DataError: It is not there and cannot be fetched; the message says what to do.
    """
    return load("cifar10")


def mnist() -> DataSet:
    """70,000 handwritten digits, (28, 28); or the sample, where asked for.

    Raises:
        DataError: It is not there and cannot be fetched; the message says what to do.
    """
    return load("mnist")


def load(name: str) -> DataSet:
    """The data set `name`: ``"mnist"`` or ``"cifar10"``; or its sample, where asked for.

    Raises:
        DataError: It is not there and cannot be fetched; the message says what to do.
        ValueError: There is no data set of this name.
    """
    if name not in NAMES:
        raise ValueError(f'There is no data set "{name}"; there are "mnist" and "cifar10".')
    if sample_wanted():
        data = sample.mnist() if name == "mnist" else sample.cifar10()
        _announce(data)
        return data
    from chainrule.datasets import real

    return real.mnist() if name == "mnist" else real.cifar10()


def sample_wanted() -> bool:
    """Whether ``CHAINRULE_DATASET`` asks for the sample."""
    choice = os.environ.get(CHOICE, "").strip().lower()
    if choice not in ("", "real", "sample"):
        raise DataError(
            f"{CHOICE} is {choice!r}; it can be sample (the small offline sample) or real, "
            "which is what you get without it."
        )
    return choice == "sample"


def _announce(data: DataSet) -> None:
    if data.name in _announced:
        return
    _announced.add(data.name)
    real, what = {
        "mnist": ("MNIST", "scikit-learn's small handwritten digits, enlarged"),
        "cifar10": ("CIFAR-10", "pictures of ten shapes, made by a program"),
    }[data.name]
    print(
        f"*** SAMPLE DATA, NOT {real.upper()} ***\n"
        f"{len(data.train):,} training and {len(data.test):,} test images: {what}.\n"
        "They are for trying things out; accuracies on the real data are different.\n"
        f"To get {real}, start Jupyter without {CHOICE}=sample.",
        flush=True,
    )
