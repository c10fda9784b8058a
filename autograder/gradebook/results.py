"""What the gradebook holds on an assignment, marks entered by people included: for an export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone

from nbgrader.api import Gradebook, MissingEntry

from autograder.course import Course, CourseError
from autograder.gradebook.scores import Score, read_scores


@dataclass(frozen=True)
class Result:
    """One student's points, and when the work came."""

    student: str
    first: str
    last: str
    email: str
    scores: Mapping[str, Mapping[str, Score]]  # by notebook, then by cell
    timestamp: datetime | None  # UTC
    seconds_late: float  # extensions are counted


@dataclass(frozen=True)
class Results:
    """Everybody in the gradebook who handed something in, and what the questions are worth."""

    points: Mapping[str, Mapping[str, float]]  # by notebook, then by cell
    students: tuple[Result, ...]
    names: Mapping[str, tuple[str, str, str]]  # first, last, e-mail of everybody, by id


def read_results(course: Course, assignment: str) -> Results:
    """CourseError if the gradebook does not know the assignment."""
    scores = read_scores(course, assignment)
    with Gradebook(course.db_url, course.id) as gradebook:
        try:
            found = gradebook.find_assignment(assignment)
        except MissingEntry:
            raise CourseError(
                f"The gradebook does not know '{assignment}'. "
                f"Run `autograder release {assignment}` first: that enters it."
            ) from None
        points = {
            notebook.name: {
                cell.name: float(cell.max_score)
                for cell in (*notebook.grade_cells, *notebook.task_cells)
            }
            for notebook in sorted(found.notebooks, key=lambda one: one.name)
        }
        names = {
            student.id: (student.first_name or "", student.last_name or "", student.email or "")
            for student in gradebook.students
        }
        students = tuple(
            Result(
                submission.student_id,
                *names[submission.student_id],
                {name: scores.get((submission.student_id, name), {}) for name in points},
                _utc(submission.timestamp),
                float(submission.total_seconds_late) if found.duedate else 0.0,
            )
            for submission in sorted(found.submissions, key=lambda one: one.student_id)
        )
    return Results(points, students, names)


def _utc(time: datetime | None) -> datetime | None:
    return None if time is None else time.replace(tzinfo=timezone.utc)
