"""Cells that were not run: the PDF shows their code, and nothing of what it does."""

from __future__ import annotations

from collections.abc import Iterable

from chainrule.pdf.notebook import Cell
from chainrule.pdf.pieces import Problem

_MOST_NAMED = 8
_REMEDY = (
    "Run all cells and save. “Run All” stops at the first error, "
    "so run the cells behind it by hand."
)


def problem(cells: Iterable[Cell]) -> Problem | None:
    """What to tell the student about cells that were not run, if there are any."""
    code = [
        cell
        for cell in cells
        if cell.kind == "code" and cell.source.strip() and "remove_cell" not in cell.tags
    ]
    # Some editors keep an output and drop the count; that cell was run.
    left = [cell.number for cell in code if cell.execution_count is None and not cell.outputs]
    if not left:
        return None
    if len(left) == 1:
        return Problem(left[0], "This cell has not been run.", _REMEDY)
    if len(left) == len(code):
        return Problem(None, "No cell of the notebook has been run.", _REMEDY)
    named = ", ".join(map(str, left[:_MOST_NAMED])) + (", …" if len(left) > _MOST_NAMED else ".")
    return Problem(None, f"{len(left)} cells have not been run: {named}", _REMEDY)
