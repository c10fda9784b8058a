"""`data_feed.py` and the normalisation with a bug: statistics, items, mirrored images."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.judge.offers import torch_function, trainer
from autograder.judge.registry import check
from autograder.judge.training_replay import Trainer
from autograder.judge.trial import Missed, Trial
from autograder.judge.values import numbers

Array = np.ndarray
DRAWS = 80
"""Of each image, to see how often it is mirrored: five of them have a standard error of 2.5 %."""


@check("channel_statistics", points=1.5, takes=trainer)
def channel_statistics(statistics_of: Trainer, t: Trial) -> None:
    # Few images, each of its own brightness, and each channel of its own.
    light = t.rng.integers(20, 200, (5, 1, 1, 3))
    images = np.clip(light + t.rng.integers(-30, 55, (5, 4, 6, 3)), 0, 255)
    x = images / 255
    given = _together(statistics_of(images), 3)
    means = "the means"
    with t.part(means, 0.6):
        _one_of(
            t, given[0], [x.mean(axis=(0, 1, 2))],
            (0.5, "divided by 255 they would be right", images.mean(axis=(0, 1, 2))),
            (0.2, "this is the first image alone", x[0].mean(axis=(0, 1))),
        )  # fmt: skip
    with t.part("the standard deviations", 0.7):
        biased, unbiased = (x.std(axis=(0, 1, 2), ddof=d) for d in (0, 1))
        _one_of(
            t, given[1], [biased, unbiased],
            (0.5, "divided by 255 they would be right", 255 * biased),
            (
                0.4,
                "this is the mean of the images' own deviations; take all pixels together",
                x.std(axis=(1, 2)).mean(axis=0),
            ),
            (0.5, "these are variances; take the square root", biased**2),
            (0.3, "one number for all colours; each has its own", np.full(3, x.std())),
        )  # fmt: skip
    with t.part("the images are left alone", 0.2, needs=means):
        if not np.array_equal(numbers(given[2], "your images"), images):
            t.miss("your function wrote into the images")


def _one_of(t: Trial, given: object, right: list[Array], *slips: tuple[float, str, Array]) -> None:
    found = np.squeeze(numbers(given, "your result"))
    if found.shape != (3,):
        t.miss(f"the shape is {found.shape}; expected three numbers, one a channel")
    if any(np.allclose(found, wanted, rtol=1e-4) for wanted in right):
        return
    for share, words, wanted in slips:
        if np.allclose(found, wanted, rtol=1e-4):
            t.earn(share, words)
            return
    t.miss(f"{np.round(found, 4).tolist()} for images where it is {np.round(right[0], 4).tolist()}")


@check("bug_channel", points=1.5, takes=torch_function)
def bug_channel(normalise: Callable, t: Trial) -> None:
    values = "each colour by its own numbers"
    with t.part(values, 1.0):
        images = t.rng.random((3, 3, 4, 5)).astype(np.float32).astype(float)
        mean, std = _scales(t)
        wanted = (images - mean[:, None, None]) / std[:, None, None]
        given = normalise(images, mean, std)
        if given.shape != wanted.shape:
            t.miss(f"the shape is {given.shape}; expected {wanted.shape}")
        right = [np.allclose(given[:, c], wanted[:, c], rtol=1e-3, atol=1e-4) for c in range(3)]
        wrong = [
            name for name, good in zip(("red", "green", "blue"), right, strict=True) if not good
        ]
        if wrong:
            share = 0.4 if len(wrong) == 1 else 0.0
            t.earn(share, f"{' and '.join(wrong)} are not (x − mean) / std of their channel")
    with t.part("the caller's images are left alone", 0.5, needs=values, told=True):
        if normalise.changed[0]:
            t.miss("the images that it got were written over; make a new tensor")


def _scales(t: Trial) -> tuple[Array, Array]:
    """Means and deviations of three channels, no two of them alike."""
    means, deviations = ([0.3, 0.42, 0.54], [0.12, 0.22, 0.34])
    return tuple(t.rng.permutation(a) + t.rng.uniform(0, 0.04, 3) for a in (means, deviations))


@check("data_feed", points=2.5, takes=trainer)
def data_feed(items: Trainer, t: Trial) -> None:
    images = t.rng.integers(0, 256, (5, 6, 4, 3))
    labels = t.rng.permutation(5) + 2
    mean, std = _scales(t)
    order = [3, 0, 4, 1, 2]

    def drawn(flip: bool, indices: list[int]) -> tuple[object, list, object]:
        count, pairs, kinds = _together(items(images, labels, mean, std, flip, indices), 3)
        if not isinstance(pairs, list):
            raise Missed("your feed gives no items")
        return count, [_together(pair, 2) for pair in pairs], kinds

    count, pairs, kinds = drawn(False, order)
    wanted = ((images / 255 - mean) / std).transpose(0, 3, 1, 2)
    values = "the images"
    with t.part("its length", 0.3):
        if count != 5:
            t.miss(f"len(feed) is {count} for 5 images")
    with t.part(values, 1.0):
        given = [numbers(x, "an item's image") for x, _ in pairs]
        share = _same_images(t, given, wanted[order], images[order], mean, std)
        if kinds == ["torch.float32"]:
            t.earn(share)
        else:
            t.earn(0.9 * share, f"the images are {_named(kinds)}; networks work with float32")
    with t.part("the labels", 0.3):
        found = [float(np.squeeze(numbers(y, "an item's label"))) for _, y in pairs]
        if found != labels[order].tolist():
            t.miss(f"the labels are {found}; expected {labels[order].tolist()}")
    with t.part("mirrored in half of the cases, with flip only", 0.9, needs=values):
        plain = {tuple(numbers(x, "x").ravel()) for x, _ in drawn(False, [2] * 12)[1]}
        if len(plain) > 1:
            t.miss("without flip an item is not always the same")
        indices = list(range(len(images))) * DRAWS
        turned = [numbers(x, "x") for x, _ in drawn(True, indices)[1]]
        _mirrored(t, turned, wanted[indices])


def _mirrored(t: Trial, turned: list[Array], plain: Array) -> None:
    sideways, upside_down, as_it_was = (
        np.array([_near(x, other) for x, other in zip(turned, others, strict=True)])
        for others in (plain[..., ::-1], plain[:, :, ::-1], plain)
    )
    of_each = sideways.reshape(DRAWS, -1).mean(axis=0)
    if any(upside_down):
        t.earn(0.3, "it is turned upside down; the columns are the last axis of (3, H, W)")
    elif not any(sideways):
        t.miss("with flip=True no image is mirrored left to right")
    elif not all(sideways | as_it_was):
        t.miss("with flip=True an image is neither as it was nor mirrored left to right")
    elif set(of_each) == {0, 1}:
        t.earn(0.4, "some images are always mirrored, others never: decide anew each time")
    elif not 0.4 < np.mean(of_each) < 0.6:
        t.earn(0.4, f"{np.mean(sideways):.0%} of the images are mirrored; half of them should be")


def _same_images(
    t: Trial, given: list[Array], wanted: Array, stored: Array, mean: Array, std: Array
) -> float:
    """The share that the images earn; what is wrong with them is said."""
    x = stored / 255
    slips = (
        (0.5, "the channels come first: (3, H, W)", (x - mean) / std),
        (
            0.3,
            "`reshape` mixes the pixels up; `permute(2, 0, 1)` turns the axes",
            ((x - mean) / std).reshape(wanted.shape),
        ),
        (0.5, "the pixels are not divided by 255", _first((stored - mean) / std)),
        (0.4, "divided by 255, but not normalised", _first(x)),
        (0.6, "the mean is subtracted, but not divided by std", _first(x - mean)),
        (0.6, "divide by std, not by its square", _first((x - mean) / std**2)),
        (0.4, "height and width are swapped", wanted.transpose(0, 1, 3, 2)),
    )
    if all(_near(a, b) for a, b in zip(given, wanted, strict=True)):
        return 1.0
    for share, words, other in slips:
        if all(_near(a, b) for a, b in zip(given, other, strict=True)):
            t.say(words)
            return share
    shape = given[0].shape
    if shape != wanted[0].shape:
        t.miss(f"an item's image has the shape {shape}; expected {wanted[0].shape}")
    t.miss("the images are not (pixels / 255 − mean) / std of each channel")


def _first(x: Array) -> Array:
    return x.transpose(0, 3, 1, 2)


def _near(given: Array, wanted: Array) -> bool:
    return given.shape == wanted.shape and np.allclose(given, wanted, rtol=1e-3, atol=1e-4)


def _named(kinds: object) -> str:
    return " and ".join(map(str, kinds)) if isinstance(kinds, list) else "of no type"


def _together(value: object, count: int) -> list:
    """A tuple or list of so many entries."""
    if not isinstance(value, list | tuple) or len(value) != count:
        raise Missed(f"expected {count} results together, as in `return a, b`")
    return list(value)
