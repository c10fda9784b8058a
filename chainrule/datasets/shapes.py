"""Ten shapes as formulas: how much of each pixel a shape covers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
_SOFT = 0.12  # half the width of an edge, in units of the shape's radius


def _inside(depth: Array) -> Array:
    """1 well inside (depth > 0), 0 well outside, a ramp between: edges without steps."""
    return np.clip(depth / (2 * _SOFT) + 0.5, 0, 1)


def _radius(u: Array, v: Array) -> Array:
    return np.sqrt(u * u + v * v)


def _box(u: Array, v: Array) -> Array:
    return np.maximum(np.abs(u), np.abs(v))


def disc(u: Array, v: Array) -> Array:
    return _inside(1 - _radius(u, v))


def ring(u: Array, v: Array) -> Array:
    return _inside(0.28 - np.abs(_radius(u, v) - 0.8))


def square(u: Array, v: Array) -> Array:
    return _inside(0.85 - _box(u, v))


def frame(u: Array, v: Array) -> Array:
    return _inside(0.24 - np.abs(_box(u, v) - 0.72))


def triangle(u: Array, v: Array) -> Array:
    half = np.float32(np.sqrt(3) / 2)
    return _inside(0.55 - np.maximum(v, half * np.abs(u) - 0.5 * v))


def plus(u: Array, v: Array) -> Array:
    return _inside(np.minimum(0.32 - np.minimum(np.abs(u), np.abs(v)), 1 - _box(u, v)))


def stripes(u: Array, v: Array) -> Array:
    return _inside(np.minimum(0.35 * np.cos(8 * u), 1 - _radius(u, v)))


def checks(u: Array, v: Array) -> Array:
    return _inside(np.minimum(0.5 * np.sin(5 * u) * np.sin(5 * v), 0.95 - _box(u, v)))


def flower(u: Array, v: Array) -> Array:
    return _inside(0.65 + 0.4 * np.cos(5 * np.arctan2(v, u)) - _radius(u, v))


def crescent(u: Array, v: Array) -> Array:
    return _inside(np.minimum(1 - _radius(u, v), _radius(u - np.float32(0.5), v) - 0.75))


SHAPES: tuple[Callable[[Array, Array], Array], ...] = (
    disc,
    ring,
    square,
    frame,
    triangle,
    plus,
    stripes,
    checks,
    flower,
    crescent,
)
"""Functions of (u, v), coordinates in units of the shape's radius with its centre at 0."""
