"""Deadlines of single notebooks and cells, by their names in source/.

    c.ExecuteAll.deadlines = {
        "02-mlp/train": 1800,            # a notebook, with all that is run again
        "02-mlp/train/*": 60,            # each of its cells
        "02-mlp/train/fit-answer": 300,  # the cell with this grade_id
    }

They come from the configuration alone: a notebook has passed through a
student's hands, and whatever its metadata says on time counts for nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.course import CourseError

EVERY_CELL = "*"


@dataclass(frozen=True)
class Deadlines:
    """One notebook's own deadlines in seconds; None where the general ones hold."""

    notebook: float | None = None
    cells: tuple[tuple[str, float], ...] = ()  # by grade_id, or EVERY_CELL

    def of_cell(self, cell: NotebookNode | None) -> float | None:
        """What a cell has for itself, else what every cell of the notebook has."""
        cells = dict(self.cells)
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id") if cell is not None else None
        return cells.get(grade_id, cells.get(EVERY_CELL))


def deadlines_of(table: Mapping[str, float], name: str) -> Deadlines:
    """Of the notebook `name`, which is "assignment/notebook"."""
    cells = (
        (key.removeprefix(f"{name}/"), seconds)
        for key, seconds in table.items()
        if key.startswith(f"{name}/")
    )
    return Deadlines(table.get(name), tuple(sorted(cells)))


def check_deadlines(
    table: Mapping[str, float], assignment: str, cells: Mapping[str, Collection[str]]
) -> None:
    """CourseError for a deadline that nothing has: it would do nothing, without a word.

    `cells` are the grade_ids of the assignment's notebooks. Other assignments'
    deadlines are left alone.
    """
    for key, seconds in table.items():
        where, _, rest = key.partition("/")
        if where != assignment:
            continue
        notebook, _, cell = rest.partition("/")
        if notebook not in cells:
            known = ", ".join(sorted(cells))
            raise _mistake(key, f"'{assignment}' has no notebook '{notebook}', but {known}")
        if cell and cell != EVERY_CELL and cell not in cells[notebook]:
            known = ", ".join(sorted(cells[notebook]))
            raise _mistake(key, f"'{notebook}' has no cell with the grade_id '{cell}', but {known}")
        if seconds <= 0:
            raise _mistake(key, f"{seconds:g} s is no time to run in")


def _mistake(key: str, what: str) -> CourseError:
    return CourseError(f'c.ExecuteAll.deadlines["{key}"] in nbgrader_config.py: {what}.')
