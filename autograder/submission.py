"""The records that the stages hand on: a `Submission` in, a `Graded` out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

# What became of a notebook or a graded cell.
GRADED = "graded"
MISSING = "missing"
UNREADABLE = "unreadable"
NOT_GRADED = "not graded"  # our machine failed, not the student's notebook
NO_TEST_CELL = "test cell missing"
# A cell may also have one of the sandbox's: "failed", "timed out", "kernel died", "not run".


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one assignment."""

    student: str
    assignment: str
    notebooks: tuple[Path, ...]
    timestamp: datetime | None = None  # UTC, without tzinfo, as nbgrader keeps it


@dataclass(frozen=True)
class GradedCell:
    """One graded question's cell."""

    id: str
    points: float | None  # None: a person has still to mark it
    max_points: float
    manual: bool  # marked by a person, not by a test
    status: str = GRADED
    reason: str = ""  # in words a student can read
    messages: str = ""  # what the check said
    seconds: float = 0.0
    flags: tuple[str, ...] = ()  # what looked deliberate, for the instructor; it cost nothing


@dataclass(frozen=True)
class GradedNotebook:
    """One notebook of a submission, with its cells in the notebook's order."""

    name: str
    status: str
    cells: tuple[GradedCell, ...]
    reason: str = ""
    seconds: float = 0.0
    events: tuple[str, ...] = ()  # cells that cost a kernel or ran out of time, in words
    repairs: tuple[str, ...] = ()  # what had to be repaired in it, in words
    isolation: tuple[str, ...] = ()  # the walls that stood around its run, in words

    @property
    def points(self) -> float:
        return sum(cell.points or 0.0 for cell in self.cells)

    @property
    def max_points(self) -> float:
        return sum(cell.max_points for cell in self.cells)

    @property
    def to_run_again(self) -> bool:
        """Whether our machine failed, on all of it or on a cell: then it has to be graded again."""
        return NOT_GRADED in (self.status, *(cell.status for cell in self.cells))

    @property
    def pending(self) -> int:
        """How many cells that carry points a person has still to mark."""
        return sum(cell.points is None and cell.max_points > 0 for cell in self.cells)


@dataclass(frozen=True)
class Graded:
    """One submission, graded as far as a machine can."""

    student: str
    assignment: str
    notebooks: tuple[GradedNotebook, ...]

    @property
    def points(self) -> float:
        return sum(notebook.points for notebook in self.notebooks)

    @property
    def automatic_points(self) -> float:
        return sum(c.points or 0.0 for n in self.notebooks for c in n.cells if not c.manual)

    @property
    def max_automatic_points(self) -> float:
        return sum(c.max_points for n in self.notebooks for c in n.cells if not c.manual)

    @property
    def max_points(self) -> float:
        return sum(notebook.max_points for notebook in self.notebooks)

    @property
    def pending(self) -> int:
        return sum(notebook.pending for notebook in self.notebooks)

    @property
    def trouble(self) -> tuple[str, ...]:
        """Everything that did not go as it should, one line each."""
        lines: list[str] = []
        for notebook in self.notebooks:
            if notebook.status != GRADED:
                lines.append(f"{notebook.name}: {notebook.status}: {notebook.reason}")
            lines += [f"{notebook.name}: {event}" for event in notebook.events]
        for notebook in self.notebooks:
            lines += [f"{notebook.name}: {repair}" for repair in notebook.repairs]
            for cell in notebook.cells:
                lines += [f"{notebook.name}: {cell.id}: flagged: {flag}" for flag in cell.flags]
        return tuple(lines)
