"""Every score of an assignment in one query: a run looks at thousands before it starts."""

from __future__ import annotations

from dataclasses import dataclass

from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Gradebook,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)

from autograder.course import Course


@dataclass(frozen=True)
class Score:
    """A cell's points, and whether a person has entered them."""

    points: float | None  # None: a person has still to mark it
    by_hand: bool


def read_scores(course: Course, assignment: str) -> dict[tuple[str, str], dict[str, Score]]:
    """Scores by student and notebook, then by cell."""
    found: dict[tuple[str, str], dict[str, Score]] = {}
    with Gradebook(course.db_url, course.id) as gradebook:
        query = (
            gradebook.db.query(
                SubmittedAssignment.student_id,
                Notebook.name,
                BaseCell.name,
                Grade.auto_score,
                Grade.manual_score,
                Grade.score,
            )
            .select_from(Grade)
            .join(BaseCell, Grade.cell_id == BaseCell.id)
            .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
            .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
            .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            .filter(Assignment.name == assignment)
        )
        for who, notebook, cell, automatic, manual, score in query:
            unmarked = automatic is None and manual is None
            found.setdefault((who, notebook), {})[cell] = Score(
                None if unmarked else float(score), manual is not None
            )
    return found
