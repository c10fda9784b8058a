"""What a student may offer to a check, brought into a form the check can trust."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np

from autograder.judge.trial import Missed
from chainrule.worksheets import Derivation, Graph, Worksheet, WorksheetError


def worksheet(offered: object) -> Graph:
    """A worksheet as plain data. It goes through JSON, so that nothing of the object survives."""
    return _plain(offered, Worksheet, "a Worksheet", Graph.from_dict)


def derivation(offered: object) -> Derivation:
    """A chain-rule derivation as plain data, through JSON as well."""
    return _plain(offered, Derivation, "a Derivation", Derivation.from_dict)


def function(offered: object) -> Callable[..., np.ndarray]:
    """A student's function, called with copies; its result comes back as a float array.

    After a call `args_after` holds the copies as the student's code left them.
    """
    if not callable(offered):
        raise Missed(f"expected a function, but got {_kind(offered)}")
    name = getattr(offered, "__name__", "your function")

    def call(*arguments: object) -> np.ndarray:
        copies = [np.array(entry, dtype=float) for entry in arguments]
        shapes = ", ".join(str(entry.shape) for entry in copies)
        call.args_after = copies
        try:
            result = offered(*copies)
        except Exception as error:
            # Anything a student's code raises is the answer's fault, never the judge's.
            raise Missed(
                f"{name} raised {type(error).__name__} for inputs of shapes {shapes}: "
                f"{str(error)[:200]}"
            ) from None
        if result is None:
            raise Missed(f"{name} returned None; does it end with `return`?")
        try:
            return np.array(result, dtype=float)
        except (TypeError, ValueError):
            raise Missed(
                f"{name} returned {_kind(result)} instead of numbers (an array or a float)"
            ) from None

    return call


def _plain(offered: object, kind: type, noun: str, read: Callable) -> object:
    if not isinstance(offered, kind):
        raise Missed(f"expected {noun}, but got {_kind(offered)}")
    try:
        return read(json.loads(json.dumps(kind.to_dict(offered))))
    except (WorksheetError, TypeError, ValueError) as error:
        raise Missed(f"the worksheet is not in order: {error}") from None


def _kind(offered: object) -> str:
    return "None" if offered is None else f"a {type(offered).__name__}"
