"""What one run of `collect` found: who handed in what, who is missing, and what was not taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from autograder.archive import Refused
from autograder.collecting.placing import PACKED
from autograder.submission import MISSING

COLLECTED = "collected"


@dataclass(frozen=True)
class CollectedNotebook:
    """One notebook of a student: collected, missing or unreadable."""

    name: str
    status: str
    note: str = ""


@dataclass(frozen=True)
class Earlier:
    """A file that was not taken because another one was there; it is kept in `path`."""

    origin: str
    path: str  # relative to the course
    reason: str


@dataclass(frozen=True)
class Collected:
    """One student's hand-in as it now lies in `submitted/`."""

    student: str
    timestamp: datetime | None  # UTC; None if nobody says when it came
    notebooks: tuple[CollectedNotebook, ...]
    late: bool = False  # as the platform or the gradebook's due date says
    late_by: timedelta | None = None
    group: tuple[str, ...] = ()  # those who handed in the same
    earlier: tuple[Earlier, ...] = ()
    notes: tuple[str, ...] = ()  # on the hand-in as a whole

    @property
    def taken(self) -> int:
        """How many notebooks there are to grade, or to say why they cannot be."""
        return sum(notebook.status != MISSING for notebook in self.notebooks)

    @property
    def summary(self) -> str:
        """What there is and what is missing, in a line."""
        if not self.taken:
            return "; ".join(["nothing taken", *self.notes])
        missing = [notebook.name for notebook in self.notebooks if notebook.status == MISSING]
        said = [f"{self.taken} of {len(self.notebooks)}"]
        if missing:
            said[0] += f", missing: {', '.join(missing)}"
        if self.late:
            said.append("late" if self.late_by is None else f"late by {self.late_by}")
        if self.group:
            said.append(f"handed in together with {', '.join(self.group)}")
        said += [
            ": ".join(filter(None, (n.name, *((n.status,) * (n.status != COLLECTED)), n.note)))
            for n in self.notebooks
            if n.note
        ]
        return "; ".join([*said, *self.notes])


@dataclass(frozen=True)
class Collection:
    """Everybody whose work was found, and everything else."""

    students: tuple[Collected, ...]
    strangers: tuple[Refused, ...]  # not taken, each with its reason
    absent: tuple[str, ...] = ()  # on the roster, with nothing in `submitted/`

    @property
    def earlier(self) -> tuple[Earlier, ...]:
        """All versions that this run has put aside."""
        return tuple(one for student in self.students for one in student.earlier)

    @property
    def lost(self) -> tuple[Refused, ...]:
        """Strangers that may well be somebody's work."""
        work = (".zip", ".yml", *PACKED)
        return tuple(
            one
            for one in self.strangers
            if (one.origin.lower().endswith(work) or ".ipynb" in one.origin.lower())
            and not one.reason.startswith(ELSEWHERE)
        )


ELSEWHERE = "is of another assignment"
