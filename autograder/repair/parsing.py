"""JSON as `NotebookNode`s, with nothing lost that a plain parser drops without a word."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from nbformat import NotebookNode

_DIGITS = 300
"""Of the longest whole number that is read; nothing in a notebook counts that far."""


def loads(text: str, notes: list[str], *, lenient: bool = False) -> Any:
    """A JSON document. ValueError if it is none, RecursionError if it is nested too deeply.

    Two values under one key are joined where they are a student's text, else
    the last counts; NaN and infinities become null. `lenient` allows line
    breaks in strings and numbers of any length.
    """
    said: dict[str, None] = {}

    def node(pairs: Sequence[tuple[str, Any]]) -> NotebookNode:
        found = NotebookNode()
        dict.update(found, pairs)  # its own update would convert what is converted already
        if len(found) != len(pairs):
            _join_twins(found, pairs, said)
        return found

    def constant(name: str) -> None:
        said[f"{name} is no value in JSON and was left out"] = None

    options: dict[str, Any] = {"strict": False, "parse_int": _whole} if lenient else {}
    value = json.loads(text, object_pairs_hook=node, parse_constant=constant, **options)
    notes.extend(said)
    return value


def decoder() -> json.JSONDecoder:
    """For values inside of a text: `raw_decode(text, start)` gives the value and where it ends."""

    def node(pairs: Sequence[tuple[str, Any]]) -> NotebookNode:
        found = NotebookNode()
        dict.update(found, pairs)
        if len(found) != len(pairs):
            _join_twins(found, pairs, {})
        return found

    return json.JSONDecoder(
        object_pairs_hook=node, parse_constant=lambda name: None, parse_int=_whole, strict=False
    )


def _join_twins(
    found: NotebookNode, pairs: Sequence[tuple[str, Any]], said: dict[str, None]
) -> None:
    """Settle keys that are there twice, in place."""
    values: dict[str, list[Any]] = {}
    for key, value in pairs:
        values.setdefault(key, []).append(value)
    for key, several in values.items():
        if len(several) < 2 or all(value == several[0] for value in several):
            continue
        if key in ("source", "input"):
            said["a cell had two texts, which were joined"] = None
            found[key] = ["\n".join(_text(value) for value in several)]
        elif key in ("cells", "worksheets") and all(isinstance(v, list) for v in several):
            said["the file had two lists of cells, which were joined"] = None
            found[key] = [cell for cells in several for cell in cells]
        else:
            said[f"a key was there twice ({key[:40]!r}); the last one counts"] = None


def _text(value: Any) -> str:
    lines = value if isinstance(value, list) else [value]
    return "".join(line for line in lines if isinstance(line, str))


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= _DIGITS else None
