"""Convolutions and pooling in NumPy: what a student's convolutional network must compute.

Images are (N, C, H, W) and weights (out, in, height, width), as torch keeps them. What
deep learning calls a convolution is a cross-correlation: the kernel is not turned round.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

Array = np.ndarray


def convolution(x: Array, weight: Array, bias: Array, stride: int = 1, padding: int = 0) -> Array:
    """(N, C, H, W) to (N, out, H', W') with H' = floor((H + 2 padding − height) / stride) + 1."""
    windows = _windows(_padded(x, padding, 0.0), weight.shape[2:], stride)
    return np.einsum("ncijhw,ochw->noij", windows, weight, optimize=True) + bias[:, None, None]


def max_pool(x: Array, size: int, stride: int | None = None) -> Array:
    """The largest of each window; windows lie side by side unless `stride` says otherwise."""
    return _windows(x, (size, size), stride or size).max(axis=(-2, -1))


def average_pool(x: Array, size: int, stride: int | None = None) -> Array:
    """The mean of each window."""
    return _windows(x, (size, size), stride or size).mean(axis=(-2, -1))


def _padded(x: Array, padding: int, value: float) -> Array:
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, sides, constant_values=value)


def _windows(x: Array, size: tuple[int, ...], stride: int) -> Array:
    """(N, C, H', W', height, width): each place where the window lies."""
    return sliding_window_view(x, size, axis=(2, 3))[:, :, ::stride, ::stride]
