"""Draws that leave nothing to chance: what earns different points must come out differently.

A ReLU that is idle on the images drawn, or a loss that happens to be its batches' mean, would
make a wrong answer a right one, or one slip look like another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import TypeVar

import numpy as np

T = TypeVar("T")

MOST = 50
"""Of draws. A student's network may be one that no draw can tell from a slip."""


def told_apart(
    draw: Callable[[], T],
    outcomes: Callable[[T], Iterable[tuple[float, np.ndarray | float]]],
    by: float,
) -> T:
    """The first draw whose outcomes, (share, value) pairs, are `apart`; the last of `MOST`."""
    for _ in range(MOST):
        drawn = draw()
        if apart(outcomes(drawn), by):
            break
    return drawn


def apart(outcomes: Iterable[tuple[float, np.ndarray | float]], by: float) -> bool:
    """Whether any two values that earn different shares differ, and by how much at least: `by`
    is a share of the largest number in the two."""
    return all(
        np.shape(one) != np.shape(other)
        or np.max(np.abs(np.subtract(one, other)))
        > by * max(np.max(np.abs(one)), np.max(np.abs(other)))
        for (share, one), (its_share, other) in combinations(list(outcomes), 2)
        if share != its_share
    )
