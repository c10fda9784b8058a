"""When a hand-written number counts as right.

Hand rounding to three significant digits must pass and zero must not pass for
a tiny number. So the tolerance is relative, with nothing absolute in it but
float noise: see `agrees`.
"""

from __future__ import annotations

import numpy as np

RTOL = 0.01
"""Relative tolerance of a hand-written number: twice what three significant digits can be off."""

ARRAY_RTOL = 0.001
"""What an entry of an array may be off, as a share of the array's largest entry: people round a
whole vector to the same number of decimals."""

NOISE = 1e-12
"""Float noise, as a share of the largest term that went into a result."""


def agrees(written: np.ndarray, expected: np.ndarray, terms: float = 0.0) -> bool:
    """Whether a written value is the expected one, up to hand rounding.

    Shapes must agree up to axes of length 1 (a column counts as a vector).
    `terms` is the size of the largest term behind the result: where terms
    cancel to zero, noise of that size is forgiven. Where 0 is expected, 0 must
    stand, in an array as well: no rounding makes a small number of nothing.
    """
    written, expected = np.squeeze(written), np.squeeze(expected)
    if written.shape != expected.shape or not np.all(np.isfinite(expected)):
        return False
    largest = float(np.max(np.abs(expected), initial=0.0))
    noise = NOISE * max(terms, largest)
    slack = np.full(expected.shape, noise)
    if expected.ndim:
        slack[np.abs(expected) > noise] += ARRAY_RTOL * largest
    return bool(np.all(np.abs(written - expected) <= RTOL * np.abs(expected) + slack))


def show(value: np.ndarray | float) -> str:
    """A value for a message, to four significant digits."""
    array = np.asarray(value, dtype=float)
    if array.ndim == 0:
        return f"{float(array):.4g}"
    return np.array2string(
        array, separator=", ", threshold=40, formatter={"float": lambda entry: f"{entry:.4g}"}
    ).replace("\n", "")
