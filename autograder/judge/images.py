"""Images on which the judge measures a student's model; their labels never leave the judge.

What this holds against, and what not:

- The sample's are painted anew from the trial's secret seed: nobody has seen them.
- The real ones come from the public test set. Each is made a little brighter or darker,
  every pixel is changed a little, and photographs are mirrored half of the time: so no
  table of pixels or of their hashes knows it. Whoever hands in the whole test set as
  "weights" and searches it for the nearest image gets labels that anybody can download:
  a person who looks at the size of the model and at the code sees that.
- Which of the two a model was trained for is the student's own word (`is_sample`).
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from platformdirs import user_cache_path

from autograder.judge.trial import Undecided
from chainrule.datasets import DataError, sample
from chainrule.datasets.folder import data_folder
from chainrule.datasets.sources import CIFAR10, CIFAR10_FOLDER, MNIST_FOLDER

BRIGHTER = 0.05
"""The share by which an image may be brighter or darker."""

NOISE = 3
"""Grey levels of 255, up or down: what an honest model does not notice.

Images are not moved: a pixel to the side costs a small CNN on MNIST 2 % of accuracy and a
dense network 7 %, and one of its images mirrored is no digit any more.
"""

Images = tuple[np.ndarray, np.ndarray]


def held_out(name: str, is_sample: bool, rng: np.random.Generator, n: int) -> Images:
    """`n` images of `"mnist"` or `"cifar10"` that no student's process has seen, and labels.

    uint8 (n, 28, 28) or (n, 32, 32, 3), and int64 (n,). With `is_sample` fresh ones of the
    sample, else from the real test set, which has 10,000, so at most as many. Undecided where
    the real data is not on this machine (`CHAINRULE_DATA`).
    """
    if is_sample:
        make = {"mnist": sample.digits, "cifar10": sample.colour_images}[name]
        return make(n, rng)
    test = _test_set(name)
    if test is None:
        raise Undecided(
            f"the model was trained on the real {name}, which is not on the machine that grades: "
            f"`chainrule data get {name}` fetches it there (CHAINRULE_DATA names the folder)"
        )
    images, labels = test
    chosen = rng.choice(len(labels), size=min(n, len(labels)), replace=False)
    return _altered(images[chosen], rng), np.array(labels[chosen])


def folders() -> tuple[str, ...]:
    """What a judge has to be able to read for that."""
    return (os.fspath(data_folder()), os.fspath(user_cache_path("chainrule") / "arrays"))


def _test_set(name: str) -> Images | None:
    root = data_folder()
    places: dict[str, tuple[Path, ...]] = {
        "mnist": (root / MNIST_FOLDER,),
        "cifar10": (root / CIFAR10_FOLDER, root / CIFAR10.name),
    }
    # Asked first, for what is not there would be downloaded.
    if not any(place.exists() for place in places[name]):
        return None
    from chainrule.datasets import real

    try:
        data = {"mnist": real.mnist, "cifar10": real.cifar10}[name]()
    except DataError:  # damaged, or half of it
        return None
    return data.test.images, data.test.labels


def _altered(images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Each image (uint8) a little changed; photographs mirrored half of the time."""
    count = len(images)
    light = rng.uniform(1 - BRIGHTER, 1 + BRIGHTER, (count,) + (1,) * (images.ndim - 1))
    changed = images * light + rng.integers(-NOISE, NOISE + 1, images.shape)
    if images.ndim == 4:
        mirrored = rng.random(count) < 0.5
        changed[mirrored] = changed[mirrored, :, ::-1]
    return np.clip(np.rint(changed), 0, 255).astype(np.uint8)
