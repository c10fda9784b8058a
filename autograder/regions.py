"""What in a source notebook is for instructors: solutions, hidden tests, marking schemes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nbformat import NotebookNode
from nbgrader import utils

SOLUTION = "solution"
HIDDEN_TEST = "hidden test"
MARK_SCHEME = "marking scheme"

# nbgrader's delimiters, as ClearSolutions, ClearHiddenTests and ClearMarkScheme
# have them by default.
BEGIN = {
    "BEGIN SOLUTION": SOLUTION,
    "BEGIN HIDDEN TESTS": HIDDEN_TEST,
    "BEGIN MARK SCHEME": MARK_SCHEME,
}
END = tuple(marker.replace("BEGIN", "END") for marker in BEGIN)
MARKERS = (*BEGIN, *END)

# Lines that every second program has; finding one again proves nothing.
_BOILERPLATE = re.compile(r"(import|from|def|class)\s|@|return [\w, .]*$")
_SHORTEST = 12


@dataclass(frozen=True)
class Line:
    """One line of a cell; `kind` is None for what everybody may see."""

    text: str
    kind: str | None
    marker: bool = False


def lines(source: str) -> Iterator[Line]:
    """The lines of a cell's source, each with the region it stands in."""
    kind: str | None = None
    for text in source.split("\n"):
        begins = next((what for marker, what in BEGIN.items() if marker in text), None)
        if begins:
            kind = begins
            yield Line(text, kind, marker=True)
        elif any(marker in text for marker in END):
            yield Line(text, kind, marker=True)
            kind = None
        else:
            yield Line(text, kind)


def instructor_lines(cell: NotebookNode) -> list[Line]:
    """Lines of a source cell that no student may see before handing in.

    An answer cell without a marked solution is a solution from top to bottom,
    as nbgrader reads it.
    """
    found = [line for line in lines(cell.source) if not line.marker]
    if utils.is_solution(cell) and not any(line.kind == SOLUTION for line in found):
        return [Line(line.text, line.kind or SOLUTION) for line in found]
    return [line for line in found if line.kind]


def open_lines(cell: NotebookNode) -> list[str]:
    """Lines of a source cell that students get to see."""
    if utils.is_solution(cell) and not any(name in cell.source for name in MARKERS):
        return []
    return [line.text for line in lines(cell.source) if line.kind is None]


def telling(text: str) -> str:
    """The line as it is compared, or "" if it is too common to tell anything."""
    text = " ".join(text.split())
    return "" if len(text) < _SHORTEST or _BOILERPLATE.match(text) else text
