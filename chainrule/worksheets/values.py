"""Hand-written numbers: what a student may type for a value, and the plain form it is kept in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from numbers import Real

from chainrule.worksheets.errors import WorksheetError
from chainrule.worksheets.operations import Shape

Value = float | tuple
"""A number, a tuple of numbers (vector) or a tuple of such tuples (matrix, row by row)."""

MAX_NUMBERS = 4096
"""More numbers than this in one value is no hand calculation."""


def to_value(written: object, what: str) -> Value:
    """Bring what a student wrote into its plain form.

    Takes numbers, nested lists or tuples, and anything with `tolist` (NumPy
    arrays, torch tensors). `what` names the entry in messages, for example
    "the value of p1". Raises WorksheetError for text, NaN, infinities, ragged
    rows, empty lists and more than two dimensions.
    """
    if not isinstance(written, (str, bytes)) and hasattr(written, "tolist"):
        written = written.tolist()
    value = _convert(written, what, depth=0)
    shape_of(value, what)
    return value


def _convert(written: object, what: str, depth: int) -> Value:
    if written is ...:
        raise WorksheetError(
            f"{what} is still `...`, which is a place to fill in. Write a number there, "
            f"or leave the entry out."
        )
    if isinstance(written, bool):
        raise WorksheetError(f"{what} must be a number, not {written}.")
    if isinstance(written, Real):
        number = float(written)
        if math.isnan(number):
            raise WorksheetError(f"{what} is NaN (not a number). Leave it out if you are not done.")
        if math.isinf(number):
            raise WorksheetError(f"{what} is infinite. Did something divide by zero or overflow?")
        return number
    if isinstance(written, str):
        raise WorksheetError(
            f"{what} must be a number, but you wrote the text {written[:40]!r}. "
            f"Write it without quotes, for example 0.25."
        )
    if isinstance(written, Sequence) and not isinstance(written, bytes):
        if depth == 2:
            raise WorksheetError(f"{what} may be a number, a vector or a matrix, not deeper.")
        if not written:
            raise WorksheetError(f"{what} is an empty list.")
        if len(written) > MAX_NUMBERS:
            raise WorksheetError(f"{what} has {len(written)} entries; at most {MAX_NUMBERS} fit.")
        return tuple(_convert(entry, what, depth + 1) for entry in written)
    raise WorksheetError(
        f"{what} must be a number or a list of numbers, not {type(written).__name__}."
    )


def shape_of(value: Value, what: str = "the value") -> Shape:
    """The shape of a plain value; WorksheetError if its rows differ in length."""
    if not isinstance(value, tuple):
        return ()
    shapes = {shape_of(entry, what) for entry in value}
    if len(shapes) > 1:
        raise WorksheetError(f"{what} has rows of different lengths.")
    return (len(value), *shapes.pop())


def to_plain(value: Value | None) -> float | list | None:
    """A value as JSON has it: lists for tuples."""
    return [to_plain(entry) for entry in value] if isinstance(value, tuple) else value
