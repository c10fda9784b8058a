"""Plain values from a student's code: what arrived is turned into numbers, text, lists, dicts."""

from __future__ import annotations

import numpy as np

from autograder.judge import wire
from autograder.judge.remote import Raised, words
from autograder.judge.trial import Missed


def numbers(value: object, name: str) -> np.ndarray:
    """A value from a student's code as a float array; `Missed` says why it is none."""
    if value is None:
        raise Missed(f"{name} returned None; does it end with `return`?")
    try:
        return np.array(_floats(value), dtype=float)
    except (TypeError, ValueError, OverflowError) as error:
        reason = str(error) if isinstance(error, _NotPlain) else "rows of different lengths"
        raise Missed(f"{name} returned {reason} instead of numbers (an array or a float)") from None


def plain(value: object, name: str) -> object:
    """A value as None, bool, int, float, text, float array, or lists, tuples and dicts of them.

    An array without axes is a number. `Missed` says what else there is.
    """
    try:
        return _plain(value)
    except (_NotPlain, OverflowError) as error:
        raise Missed(f"{name} holds {error} instead of plain numbers and text") from None


def number(value: object, name: str) -> float:
    """One number, as a float."""
    if isinstance(value, list | tuple | dict | str | bool) or value is None:
        raise Missed(f"{name} is {kind(value)}; expected a number")
    found = numbers(value, name)
    if found.size != 1:
        raise Missed(f"{name} is an array of shape {found.shape}; expected one number")
    return float(found.reshape(()))


def text(value: object, name: str) -> str:
    """Text, as it is."""
    if not isinstance(value, str):
        raise Missed(f"{name} is {kind(value)}; expected text")
    return value


def raised_for(name: str, raised: Raised, given: list[object]) -> Missed:
    shapes = ", ".join(str(np.shape(entry)) for entry in given)
    return Missed(f"{name} raised {raised} for inputs of shapes {shapes}")


class _NotPlain(TypeError):  # noqa: N818  (it says what is there)
    """What is there instead of plain values, as one says it in a sentence."""


def _floats(value: object) -> object:
    """Numbers, as an array or in lists; whatever NumPy would only guess about is refused."""
    if isinstance(value, bool | int | float):
        return float(value)
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, list | tuple):
        return [_floats(entry) for entry in value]
    raise _NotPlain(kind(value))


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, np.ndarray):
        return value.item() if value.ndim == 0 and value.dtype.kind in "biuf" else _array(value)
    if isinstance(value, list | tuple):
        return type(value)(_plain(entry) for entry in value)
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    raise _NotPlain(kind(value))


def _array(value: np.ndarray) -> np.ndarray:
    if value.dtype.kind == "c":
        raise _NotPlain("complex numbers")
    return value.astype(float)


def kind(value: object) -> str:
    """What a value is, as one says it in a sentence."""
    if isinstance(value, wire.Masked):
        return "a masked array (`.filled(...)` makes numbers of it)"
    if isinstance(value, wire.Bfloat16):
        return "bfloat16, which has three digits (compute in float32 or float64),"
    if value is None:
        return "None"
    name = type(value).__name__
    if isinstance(value, wire.Opaque):
        name = value.type.rpartition(".")[2]
    if isinstance(value, wire.Kept):
        told = value.description if isinstance(value.description, dict) else {}
        name = words(told.get("type"), 80).rpartition(".")[2] or "thing"
    return f"an {name}" if name[:1].lower() in "aeio" else f"a {name}"
