"""What a check takes from a student: proxies turned into plain data and functions it can trust."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np

from autograder.judge import wire
from autograder.judge.remote import Offered, Raised, words
from autograder.judge.trial import Missed
from chainrule.worksheets import Derivation, Graph, WorksheetError


def worksheet(offered: Offered) -> Graph:
    """A worksheet as plain data: rebuilt and checked here, so nothing of the object survives."""
    return _plain(offered, "Worksheet", Graph.from_dict)


def derivation(offered: Offered) -> Derivation:
    """A chain-rule derivation as plain data, rebuilt and checked as well."""
    return _plain(offered, "Derivation", Derivation.from_dict)


def function(offered: Offered) -> Function:
    """A student's function, to be called with arrays and numbers."""
    if not offered.callable:
        raise Missed(f"expected a function, but got {offered.kind}")
    return Function(offered)


class Function:
    """A student's function. It gets copies of its arguments and returns a float array.

    After a call `changed` says for each argument whether the function wrote
    into it. Only the student's own process can know, so it may lie: give such
    a part few points, behind a part that has seen right values.
    """

    def __init__(self, offered: Offered) -> None:
        self.name = offered.name
        self.changed: tuple[bool, ...] = ()
        self._offered = offered

    def __call__(self, *arguments: object) -> np.ndarray:
        """Its result as numbers; `Missed` says why there are none."""
        arrays = [np.array(entry, dtype=float) for entry in arguments]
        try:
            called = self._offered.call(*arrays)
        except Raised as raised:
            shapes = ", ".join(str(entry.shape) for entry in arrays)
            raise Missed(f"{self.name} raised {raised} for inputs of shapes {shapes}") from None
        self.changed = called.changed
        return numbers(called.value, self.name)


def numbers(value: object, name: str) -> np.ndarray:
    """A value from a student's code as a float array; `Missed` says why it is none."""
    if value is None:
        raise Missed(f"{name} returned None; does it end with `return`?")
    try:
        return np.array(_floats(value), dtype=float)
    except (TypeError, ValueError, OverflowError) as error:
        reason = str(error) if isinstance(error, _NotNumbers) else "rows of different lengths"
        raise Missed(f"{name} returned {reason} instead of numbers (an array or a float)") from None


class _NotNumbers(TypeError):  # noqa: N818  (it says what is there)
    """What is there instead of numbers, as one says it in a sentence."""


def _floats(value: object) -> object:
    """Numbers, as an array or in lists; whatever NumPy would only guess about is refused."""
    if isinstance(value, bool | int | float):
        return float(value)
    if isinstance(value, np.ndarray):
        if value.dtype.kind == "c":
            raise _NotNumbers("complex numbers")
        return value.astype(float)
    if isinstance(value, list | tuple):
        return [_floats(entry) for entry in value]
    if isinstance(value, wire.Masked):
        raise _NotNumbers("a masked array (`.filled(...)` makes numbers of it)")
    if isinstance(value, wire.Bfloat16):
        raise _NotNumbers("bfloat16, which has three digits (compute in float32 or float64),")
    if isinstance(value, wire.Opaque):
        raise _NotNumbers(f"a {value.type.rpartition('.')[2]}")
    raise _NotNumbers("None" if value is None else f"a {type(value).__name__}")


def _plain(offered: Offered, noun: str, read: Callable) -> object:
    try:
        # Through JSON, which keeps of an odd value nothing that the format does not have.
        return read(json.loads(json.dumps(offered.to_dict(), default=_number)))
    except Raised as raised:
        if raised.type == "AttributeError":
            raise Missed(f"expected a {noun}, but got {offered.kind}") from None
        raise Missed(f"the {noun.lower()} is not in order: {raised}") from None
    except (WorksheetError, TypeError, ValueError, RecursionError) as error:
        if offered.type.rpartition(".")[2] != noun:
            raise Missed(f"expected a {noun}, but got {offered.kind}") from None
        raise Missed(f"the {noun.lower()} is not in order: {words(str(error), 400)}") from None


def _number(value: object) -> object:
    if isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind in "biuf":
        return value.item()
    raise TypeError("it holds something that is neither a number nor text")
