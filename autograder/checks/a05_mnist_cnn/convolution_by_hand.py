"""Notebook 1: convolution, padding and pooling, counted, by hand, and as NumPy functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from autograder.judge.offers import Function, function, value
from autograder.judge.registry import check
from autograder.judge.trial import Missed, Slip, Trial

Array = np.ndarray

BY_HAND = 0.01
"""Relative tolerance for what is worked out by hand."""


# -- convolution --------------------------------------------------------------------------


@check("conv_parameters", points=0.5, takes=function)
def conv_parameters(answer: Callable, t: Trial) -> None:
    slips = [
        Slip("the biases are missing: one for each filter", lambda k, c, f: k * k * c * f, 0.5),
        Slip(
            "a bias for each channel of each filter is too many: a filter adds up over all of its "
            "channels and has a single bias",
            lambda k, c, f: (k * k + 1) * c * f,
            0.5,
        ),
        Slip(
            "the layer has one bias for each filter, not a single one",
            lambda k, c, f: k * k * c * f + 1,
            0.5,
        ),
        Slip(
            "a filter has weights for each channel that comes in",
            lambda k, c, f: (k * k + 1) * f,
            0.3,
        ),
        Slip("this is one filter; the layer has several", lambda k, c, f: k * k * c + 1, 0.3),
    ]
    layers = [(5, 3, 16), (5, 3, 16)]
    others = [_distinct(t, 3, 2, 12) for _ in range(4)]
    with t.part("the layer of the question", 0.3):
        t.compare(answer, _parameters, layers, slips, rtol=0)
    with t.part("any other layer", 0.2):
        t.compare(answer, _parameters, others, slips, rtol=0)


def _parameters(size: int, channels: int, filters: int) -> int:
    return (size * size * channels + 1) * filters


def _shape(h: int, w: int, k: int, f: int, p: int = 0, s: int = 1) -> tuple[int, int, int]:
    """PyTorch's formula for Conv2d with dilation 1 (its documentation, "Shape")."""
    return (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1, f


def _exact(h: int, w: int, k: int, f: int, p: int, s: int) -> tuple[float, float, int]:
    """The shape without rounding."""
    return (h + 2 * p - k) / s + 1, (w + 2 * p - k) / s + 1, f


NEAREST = "a step over the edge is not made, even if most of it is inside: divide with //"


@check("conv_shape", points=0.25, takes=function)
def conv_shape(answer: Callable, t: Trial) -> None:
    slips = [
        Slip(
            "there is one place more than there are steps between the first and the last one",
            lambda *a: np.subtract(_shape(*a), (1, 1, 0)),
            0.5,
        ),
        Slip(
            "PyTorch has the channels first; here they stand last, as in the text",
            lambda *a: np.roll(_shape(*a), 1),
            0.6,
        ),
        Slip(
            "padding stands on both sides, so it counts twice",
            lambda h, w, k, f, p, s: _shape(h - p, w - p, k, f, p, s),
            0.5,
        ),
        Slip(
            "height and width are exchanged",
            lambda h, w, k, f, p, s: _shape(w, h, k, f, p, s),
            0.5,
        ),
        Slip(
            "a step over the edge is not made: divide with // and forget the rest",
            _exact,
            0.5,
        ),
        Slip(NEAREST, lambda *a: np.rint(_exact(*a)), 0.5),
        Slip(NEAREST, lambda *a: np.rint(np.subtract(_exact(*a), 1)) + 1, 0.5),
        Slip(
            "the shape of the output has its number of channels, too",
            lambda *a: _shape(*a)[:2],
            0.5,
        ),
        Slip(
            "this is the image as it comes in; without padding the filter has fewer places",
            lambda h, w, k, f, p, s: (h, w, f),
            0.2,
        ),
    ]
    layers = [(32, 32, 5, 16, 0, 1)]
    others = [(*_distinct(t, 2, 17, 30), *_distinct(t, 2, 3, 7), 2, s) for s in (1, 2, 3)]
    # Two that do not come out even, whatever the seed: nearer to the number below, and above.
    others += [(18, 23, 4, 6, 1, 3), (19, 23, 4, 6, 1, 3)]
    with t.part("the layer of the question", 0.15):
        t.compare(answer, _shape, layers, slips)
    with t.part("any size, padding and stride", 0.1):
        t.compare(answer, _shape, others, slips)


@check("conv2d", points=0.25, takes=function)
def conv2d(answer: Function, t: Trial) -> None:
    slips = [
        Slip("the bias is missing", lambda x, w, b, p, s: _conv(x, w, 0 * b, p, s), 0.6),
        Slip(
            "the filter is flipped; deep learning does not flip it",
            lambda x, w, b, p, s: _conv(x, w[:, ::-1, ::-1], b, p, s),
            0.6,
        ),
        Slip(
            "only the first channel is used; the sum runs over all of them",
            lambda x, w, b, p, s: _conv(x[..., :1], w[..., :1], b, p, s),
            0.4,
        ),
        Slip(
            "the bias is added for each weight, and belongs to the sum once",
            lambda x, w, b, p, s: _conv(x, w, b * w[0].size, p, s),
            0.5,
        ),
        Slip(
            "these are the means of the products, and it should be their sums",
            lambda x, w, b, p, s: _conv(x, w / w[0].size, b, p, s),
            0.5,
        ),
    ]
    plain = [_layer(t, (6, 5, 2), 3, 4, 0, 1), _layer(t, (4, 7, 3), 2, 1, 0, 1)]
    moved = [_layer(t, (6, 5, 2), 3, 2, 2, 1), _layer(t, (7, 6, 1), 2, 3, 1, 2)]
    values = "stride 1, without padding"
    with t.part(values, 0.15):
        t.compare(answer, _conv, plain, slips)
    with t.part("padding and stride", 0.05, needs=values):
        t.compare(answer, _conv, moved, slips)
    with t.part("your function leaves the image as it was", 0.05, needs=values, told=True):
        _untouched(answer, plain, ("image", "filters", "bias"), t)


def _conv(image: Array, filters: Array, bias: Array, padding: int = 0, stride: int = 1) -> Array:
    """Cross-correlation of (H, W, C) with filters (F, K, K, C), as PyTorch's Conv2d."""
    size = filters.shape[1]
    padded = np.pad(image, ((padding, padding), (padding, padding), (0, 0)))
    patches = np.lib.stride_tricks.sliding_window_view(padded, (size, size), axis=(0, 1))
    patches = patches[::stride, ::stride]  # (H', W', C, K, K)
    return np.einsum("ijcuv,fuvc->ijf", patches, filters) + bias


def _layer(
    t: Trial, shape: tuple[int, int, int], size: int, filters: int, padding: int, stride: int
) -> tuple:
    weights = t.randn(filters, size, size, shape[-1])
    return t.randn(*shape), weights, t.randn(filters), padding, stride


# -- pooling ------------------------------------------------------------------------------

SQUARE = np.pad(np.ones((3, 3)), ((0, 1), (0, 1)))
IMAGES = {"A": SQUARE, "B": SQUARE[:, ::-1], "C": SQUARE[::-1, ::-1], "D": SQUARE[::-1]}


@check("average_by_hand", points=0.6, takes=value)
def average_by_hand(matrices: object, t: Trial) -> None:
    slips = [
        Slip("this is max-pooling; the question asks for the mean of each patch", _max_pool, 0.0),
        Slip(
            "these are the sums; a patch has four entries, so divide by 4",
            lambda image: 4 * _avg_pool(image),
            0.5,
        ),
        Slip("the patches overlap; with stride 2 they do not", _overlapping, 0.5),
    ]
    _four_images(matrices, _avg_pool, slips, t)


@check("max_by_hand", points=0.6, takes=value)
def max_by_hand(matrices: object, t: Trial) -> None:
    slips = [
        Slip("this is average pooling; the question asks for the largest entry", _avg_pool, 0.0),
        Slip("the patches overlap; with stride 2 they do not", lambda image: np.ones((3, 3)), 0.5),
    ]
    _four_images(matrices, _max_pool, slips, t)


def _four_images(
    matrices: object, pool: Callable[[Array], Array], slips: Sequence[Slip], t: Trial
) -> None:
    """Mark a matrix for each of A, B, C, D, each by itself."""
    given = list(matrices) if isinstance(matrices, list | tuple | np.ndarray) else []
    for index, (name, image) in enumerate(IMAGES.items()):
        with t.part(f"image {name}", 0.15):
            if index >= len(given):
                t.miss("there is no matrix for it; write four, in the order A, B, C, D")
            matrix = _matrix(given[index])
            t.compare(lambda _, m=matrix: m, pool, [(image,)], slips, rtol=BY_HAND)


def _matrix(entry: object) -> Array:
    try:
        return np.array(entry, dtype=float)
    except (TypeError, ValueError):
        raise Missed("this is no matrix of numbers; write it as [[2, 0], [5, 1]]") from None


@check("avg_pool", points=0.4, takes=function)
def avg_pool(answer: Function, t: Trial) -> None:
    slips = [
        Slip(
            "these are the sums of the patches; the mean divides by their number of entries",
            lambda x, k, s: k * k * _avg_pool(x, k, s),
            0.5,
        ),
        Slip(
            "you divide by 4 whatever the size of the patches",
            lambda x, k, s: k * k / 4 * _avg_pool(x, k, s),
            0.7,
        ),
        Slip("this is max-pooling", lambda x, k, s: _max_pool(x, k, s), 0.3),
    ]
    _pooling(answer, _avg_pool, slips, t)


@check("max_pool", points=0.4, takes=function)
def max_pool(answer: Function, t: Trial) -> None:
    slips = [
        Slip(
            "negative patches give 0 and should give their largest entry: do not start from 0",
            lambda x, k, s: np.maximum(_max_pool(x, k, s), 0),
            0.6,
        ),
        Slip(
            "this is the largest magnitude; −3 is smaller than 1",
            lambda x, k, s: _max_pool(np.abs(x), k, s),
            0.5,
        ),
        Slip("this is average pooling", lambda x, k, s: _avg_pool(x, k, s), 0.3),
    ]
    _pooling(answer, _max_pool, slips, t)


def _pooling(answer: Function, pool: Callable, slips: Sequence[Slip], t: Trial) -> None:
    # One image is dark all over: a maximum that starts from 0 would show.
    halves = [(t.randn(6, 4), 2, 2), (t.randn(2, 8), 2, 2), (t.randn(5, 7) - 4, 2, 2)]
    others = [(t.randn(9, 6), 3, 3), (t.randn(7, 8), 3, 2), (t.randn(4, 5) - 4, 2, 1)]
    values = "patches of 2 × 2, stride 2"
    with t.part(values, 0.2):
        t.compare(answer, pool, halves, slips)
    with t.part("other sizes and strides", 0.15, needs=values):
        t.compare(answer, pool, others, slips)
    with t.part("your function leaves the image as it was", 0.05, needs=values, told=True):
        _untouched(answer, halves, ("image",), t)


def _patches(image: Array, size: int, stride: int) -> Array:
    windows = np.lib.stride_tricks.sliding_window_view(image, (size, size))
    return windows[::stride, ::stride]


def _avg_pool(image: Array, size: int = 2, stride: int = 2) -> Array:
    return _patches(image, size, stride).mean(axis=(-2, -1))


def _max_pool(image: Array, size: int = 2, stride: int = 2) -> Array:
    return _patches(image, size, stride).max(axis=(-2, -1))


def _overlapping(image: Array) -> Array:
    return _avg_pool(image, 2, 1)


# -- trials -------------------------------------------------------------------------------


def _distinct(t: Trial, count: int, low: int, high: int) -> tuple[int, ...]:
    """Different whole numbers from low to high, so that no two of them can be mixed up."""
    return tuple(int(n) for n in t.rng.choice(np.arange(low, high + 1), count, replace=False))


def _untouched(answer: Function, cases: Sequence[tuple], names: Sequence[str], t: Trial) -> None:
    """Miss the part if a call changes one of its arrays: whoever calls still needs it."""
    for case in cases:
        answer(*case)
        for name, changed in zip(names, answer.changed, strict=False):
            if changed:
                t.miss(f"it changes {name} itself; work on a copy, such as {name}.copy()")
