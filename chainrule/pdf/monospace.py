"""Monospaced lines: runs of styled text, wrapped to the page and capped in length.

Lines are wrapped here and not by Typst, after they are styled, so that a
broken line carries a mark and keeps its colours, and nobody takes the rest of
a long line for a new one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chainrule.pdf.text import array, columns, literal, sequence, slice_columns

COLUMNS = 100
"""Characters in a full line of the code face; document.typ sets its size to match."""

_SEARCH = 24
"""Columns at the end of a line that are searched for a good place to break it."""

_GAPS = (" ,", "(=")
"""What a line is broken after, best first."""

LONGEST_LINE = 3_000
"""Characters of one line that are shown."""


@dataclass(frozen=True)
class Run:
    """Text in one style. `style` is the name of a function in document.typ, or empty."""

    text: str
    style: str = ""
    arguments: str = ""

    def typst(self) -> str:
        """The Typst expression of this run."""
        if not self.style:
            return literal(self.text)
        return f"{self.style}({literal(self.text)}{self.arguments})"


Line = tuple[Run, ...]


def lines(runs: Sequence[Run]) -> list[Line]:
    """Cut a sequence of runs at its newlines."""
    result: list[Line] = []
    current: list[Run] = []
    for run in runs:
        first, *rest = run.text.split("\n")
        if first:
            current.append(Run(first, run.style, run.arguments))
        for text in rest:
            result.append(tuple(current))
            current = [Run(text, run.style, run.arguments)] if text else []
    result.append(tuple(current))
    return result


def cap(texts: list[str], first: int, last: int) -> tuple[list[str], int, list[str]]:
    """The first and last lines of a long output, and how many between them are left out."""
    if len(texts) <= first + last + 1:
        return texts, 0, []
    return texts[:first], len(texts) - first - last, texts[-last:]


def shorten(text: str) -> str:
    """A line cut at `LONGEST_LINE` characters, saying how many follow."""
    if len(text) <= LONGEST_LINE:
        return text
    return f"{text[:LONGEST_LINE]} … {len(text) - LONGEST_LINE:,} more characters"


def typeset(styled: Sequence[Line], width: int = COLUMNS) -> str:
    """A Typst array with one element for each line of the source, wrapped where too long."""
    return array(_line(line, width) for line in styled)


def _line(line: Line, width: int) -> str:
    text = "".join(run.text for run in line)
    if not text.strip():
        return sequence(())
    if columns(text) <= width:
        return sequence(run.typst() for run in line)
    # It goes on as far from the margin as it began, if that leaves room.
    indent = len(text) - len(text.lstrip(" "))
    indent = indent if indent <= width // 2 else 0
    parts: list[str] = []
    for start, end in _rows(text, width, indent):
        if parts:
            parts.append(f"wrap-mark({indent})")
        parts += (run.typst() for run in _cut(line, start, end))
    return sequence(parts)


def _cut(line: Line, start: int, end: int) -> Iterator[Run]:
    """The runs of a line from one character to another."""
    place = 0
    for run in line:
        if text := run.text[max(0, start - place) : max(0, end - place)]:
            yield replace(run, text=text)
        place += len(run.text)


def _rows(text: str, width: int, indent: int) -> Iterator[tuple[int, int]]:
    """Start and end of each row of a long line, without the blanks around its breaks.

    A row ends after a space or a comma, if there is one near its end; else after = or (.
    """
    start, room = 0, width
    while text[start:].strip():
        fits = max(1, slice_columns(text[start:], room))
        rest = text[start + fits :]
        if rest.strip() and rest[0] != " " and fits > 2 * _SEARCH:
            nearby = text[start + fits - _SEARCH : start + fits]
            found = (max(map(nearby.rfind, signs)) + 1 for signs in _GAPS)
            fits -= next((_SEARCH - after for after in found if after), 0)
        yield start, start + len(text[start : start + fits].rstrip(" "))
        start += fits
        start += len(text[start:]) - len(text[start:].lstrip(" "))
        # The mark and the space after it take two columns.
        room = width - indent - 2
