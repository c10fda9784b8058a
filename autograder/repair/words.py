"""Words for the log of repairs: short, on one line, and safe to print."""

from __future__ import annotations

from collections.abc import Sequence

_LINES = 3
_WIDTH = 80
_NAMES = 8


def quoted(text: str) -> str:
    """The first lines of a text, as they may stand in a message."""
    wrote = [line.strip() for line in text.splitlines() if line.strip()]
    first = [short(line, _WIDTH) for line in wrote[:_LINES]]
    return " / ".join(first + ["…"] * (len(wrote) > _LINES)) or "nothing"


def short(value: object, width: int) -> str:
    """A value in at most `width` characters and a mark of omission."""
    # Control characters would colour a terminal or break a line of the table.
    text = "".join(c if c.isprintable() else " " for c in str(value)[: width + 1])
    return text if len(text) <= width else f"{text[:width]}…"


def listed(names: Sequence[str]) -> str:
    """Names of cells, all of them if they are few."""
    more = len(names) - _NAMES
    shown = ", ".join(short(name, 60) for name in names[:_NAMES])
    return f"{shown} and {more} more" if more > 0 else shown
