"""Numbers that students write down by hand, judged one by one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.judge.trial import Missed

ATOL = 5.5e-6
"""Absolute tolerance: a number rounded to five decimals passes, as the questions say."""


def named(answer: object, names: tuple[str, ...]) -> dict[str, float | None]:
    """The number that stands for all entries of each named array; None where there is none.

    `answer` is what the student's dict came as. A list or an array counts as
    its entry if all its entries are equal. `Missed` if it is no dict, or an empty one.
    """
    if not isinstance(answer, Mapping):
        raise Missed("expected the dict of the question, with a number for each name")
    if not answer:
        raise Missed("nothing is written yet")
    return {name: _single(answer.get(name)) for name in names}


def listed(answer: object, length: int) -> list[float | None]:
    """The numbers of a list, a tuple or an array of `length` entries; None for what is none."""
    if isinstance(answer, np.ndarray):
        answer = answer.ravel().tolist()
    if not isinstance(answer, list | tuple):
        raise Missed(f"expected a list of {length} numbers")
    if not answer:
        raise Missed("nothing is written yet")
    if len(answer) != length:
        raise Missed(f"the list has {len(answer)} entries; expected {length}")
    return [_single(entry) for entry in answer]


def close(written: float | None, right: float) -> bool:
    """Whether a written number is the right one, to five decimals."""
    return written is not None and abs(written - right) <= ATOL


def _single(entry: object) -> float | None:
    if isinstance(entry, str | Mapping) or entry is None:
        return None
    try:
        entries = np.asarray(entry, dtype=float).ravel()
    except (TypeError, ValueError):
        return None
    if entries.size == 0 or not np.all(np.isfinite(entries)) or np.ptp(entries) > ATOL:
        return None
    return float(entries[0])
