"""The small sample for machines without internet: made here, never downloaded."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from chainrule.datasets.shapes import SHAPES
from chainrule.datasets.split import DataSet, Split

Seed = int | np.random.Generator

COLOUR_CLASSES = tuple(shape.__name__ for shape in SHAPES)
DIGIT_CLASSES = tuple("0123456789")
_TRAIN, _TEST = 5_000, 1_000
_DIGITS_TEST = 360
# Goes up whenever the pictures change: it is the sample's fingerprint, because the last
# bit of a pixel may differ from one processor to the next.
_RECIPE = 1


@lru_cache(maxsize=1)
def cifar10() -> DataSet:
    """Ten kinds of shapes in colour, in the place of CIFAR-10: 5,000 to train, 1,000 to test."""
    return DataSet(
        "cifar10",
        Split(*colour_images(_TRAIN, seed=10)),
        Split(*colour_images(_TEST, seed=11)),
        COLOUR_CLASSES,
        is_sample=True,
        fingerprint=f"sample-shapes-{_RECIPE}",
    )


@lru_cache(maxsize=1)
def mnist() -> DataSet:
    """scikit-learn's handwritten digits, enlarged: 1,437 to train, 360 to test."""
    small, labels = _small_digits()
    images = _drawn(small, np.random.default_rng(12))
    return DataSet(
        "mnist",
        Split(images[_DIGITS_TEST:], labels[_DIGITS_TEST:]),
        Split(images[:_DIGITS_TEST], labels[:_DIGITS_TEST]),
        DIGIT_CLASSES,
        is_sample=True,
        fingerprint=f"sample-digits-{_RECIPE}",
    )


def colour_images(count: int, seed: Seed) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Fresh images of the ten shapes.

    Returns:
        images (count, 32, 32, 3), uint8, and labels (count,), int64: as many of each
        class as of every other, give or take one, in random order.
    """
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(count) % len(SHAPES))
    return _painted(labels, rng), labels


def digits(count: int, seed: Seed) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Fresh images from the 360 test digits, drawn anew as the sample's own are.

    Returns:
        images (count, 28, 28), uint8, and labels (count,), int64.
    """
    rng = np.random.default_rng(seed)
    small, labels = _small_digits()
    chosen = rng.permutation(np.arange(count) % _DIGITS_TEST)
    return _drawn(small[chosen], rng), labels[chosen]


def _small_digits() -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The 1,797 digits (8, 8), values 0 to 16, shuffled: writers come in blocks."""
    from sklearn.datasets import load_digits

    images, labels = load_digits(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(labels))
    return images[order].reshape(-1, 8, 8), labels[order].astype(np.int64)


def _drawn(small: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Digits (N, 8, 8) enlarged to 28×28, each a little turned, scaled and shifted.

    They are about 22 pixels high, as in MNIST, and smooth: between the values lie cubic splines.
    """
    from scipy.ndimage import map_coordinates

    count = len(small)
    angles = rng.uniform(-0.05, 0.05, count)
    scales = rng.uniform(0.97, 1.03, count)
    shifts = rng.uniform(-0.5, 0.5, (count, 2, 1))
    grid = np.stack(np.mgrid[:28, :28]).reshape(2, -1) - 13.5
    images = np.empty((count, 28, 28), np.uint8)
    for i in range(count):
        cos, sin = np.cos(angles[i]), np.sin(angles[i])
        turn = np.array([[cos, -sin], [sin, cos]]) * (8 / 22 / scales[i])
        image = map_coordinates(small[i], turn @ (grid - shifts[i]) + 3.5, order=3)
        images[i] = np.clip(np.rint(image.reshape(28, 28) * (255 / 16)), 0, 255)
    return images


def _painted(labels: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.uint8]:
    """One 32×32 picture for each label: the shape somewhere on a ground with other blots."""
    count = len(labels)
    y, x = np.mgrid[:32, :32].astype(np.float32) / 16 - np.float32(1)

    def uniform(low: float, high: float, *size: int) -> NDArray[np.float32]:
        # Shaped to spread over the picture: (count, 1, 1, …).
        return rng.uniform(low, high, (count, *(size or (1, 1)))).astype(np.float32)

    angle, radius = uniform(-0.4, 0.4), uniform(0.5, 0.85)
    dx, dy = x - uniform(-0.4, 0.4), y - uniform(-0.4, 0.4)
    u = (np.cos(angle) * dx + np.sin(angle) * dy) / radius
    v = (np.cos(angle) * dy - np.sin(angle) * dx) / radius
    cover = np.empty((count, 32, 32), np.float32)
    for number, shape in enumerate(SHAPES):
        mine = labels == number
        cover[mine] = shape(u[mine], v[mine])

    # Each class has a favourite hue, but hues overlap: colour helps, the shape decides.
    hue = labels / len(SHAPES) + rng.normal(0, 0.2, count)
    paint = _colour(hue, rng.uniform(0.55, 1, count))
    ground = _colour(rng.uniform(0, 1, count), rng.uniform(0.05, 0.5, count))
    image = ground + cover[..., None] * (paint - ground)
    image += np.float32(0.06) * rng.standard_normal(image.shape, np.float32)
    return np.clip(image * 255, 0, 255).astype(np.uint8)


def _colour(hue: NDArray[np.float64], value: NDArray[np.float64]) -> NDArray[np.float32]:
    """Muted colours (N, 1, 1, 3) of a hue (1 is once round the circle) and a brightness."""
    waves = np.cos(2 * np.pi * (hue[:, None] - np.arange(3) / 3))
    return (value[:, None] * (0.7 + 0.3 * waves)).astype(np.float32)[:, None, None, :]
