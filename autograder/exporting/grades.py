"""The grades that leave the course: dropped questions out, late penalties off, people's marks in.

Points come from nbgrader's gradebook, where the autograder and people enter them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from autograder.collecting.versions import known_as
from autograder.course import Course, CourseError
from autograder.gradebook.penalty import Penalty, late_penalty, no_penalty
from autograder.gradebook.results import Result, Results, read_results
from autograder.gradebook.table import read_grades
from autograder.roster import Person, Roster
from autograder.submission import GRADED, Graded

_SETTINGS = ("drop_questions", "late_penalties", "canvas_assignments", "gradescope_titles")

Question = tuple[str, str]
"""A notebook and a cell that carries points."""


@dataclass(frozen=True)
class Grade:
    """One student's grade for an assignment. `points` is None if there is none to give."""

    person: Person
    points: float | None  # after the penalty
    max_points: float
    penalty: float = 0.0
    questions: Mapping[Question, float | None] = dataclasses.field(default_factory=dict)
    submitted: datetime | None = None  # UTC
    late: timedelta = timedelta()
    unmarked: int = 0  # answers that wait for a person, and count as 0
    status: str = GRADED  # what went wrong, in words; why there are no points, if there are none


@dataclass(frozen=True)
class Settings:
    """`c.Export` in nbgrader_config.py, for one assignment."""

    dropped: tuple[str, ...] = ()  # c.Export.drop_questions
    late_penalties: bool = True  # c.Export.late_penalties
    canvas_assignment: str = ""  # c.Export.canvas_assignments
    gradescope_title: str = ""  # c.Export.gradescope_titles

    @classmethod
    def of(cls, course: Course, assignment: str) -> Settings:
        """CourseError for a setting that there is not, or of the wrong kind."""
        section = course.config.get("Export", {})
        for name in section:
            if name not in _SETTINGS:  # one that is misspelt would be passed over
                raise CourseError(
                    f"There is no setting c.Export.{name}. There is: {', '.join(_SETTINGS)}."
                )
        late_penalties = section.get("late_penalties", True)
        if not isinstance(late_penalties, bool):
            raise CourseError("c.Export.late_penalties has to be True or False.")

        def by_assignment(name: str, default: Any) -> Any:
            table = section.get(name, {})
            if not isinstance(table, dict):
                raise CourseError(f"c.Export.{name} has to be a dictionary: {{'{assignment}': …}}.")
            return table.get(assignment, default)

        dropped = by_assignment("drop_questions", ())
        if isinstance(dropped, str):
            dropped = (dropped,)
        return cls(
            tuple(map(str, dropped)),
            late_penalties,
            str(by_assignment("canvas_assignments", "")),
            str(by_assignment("gradescope_titles", "") or assignment),
        )


def final_grades(
    course: Course,
    assignment: str,
    settings: Settings,
    roster: Roster | None = None,
    marked_only: bool = False,
) -> list[Grade]:
    """The grade of everybody on the roster and in the gradebook, by id.

    With `marked_only`, who has answers that a person has still to mark gets no points yet.
    CourseError if nothing is graded, or a question to drop is none of the assignment's.
    """
    results = read_results(course, assignment)
    records = {row.student: row for row in read_grades(course, assignment)}
    if not records:
        raise CourseError(
            f"Nothing is graded in '{assignment}'. Run `autograder grade {assignment}` first."
        )
    kept = _kept(results, settings.dropped)
    most = sum(results.points[notebook][cell] for notebook, cell in kept)
    penalty = late_penalty(course) if settings.late_penalties else no_penalty
    people = _people(course, assignment, results, roster)
    by_student = {result.student: result for result in results.students}
    grades = []
    for student, person in sorted(people.items()):
        result, record = by_student.get(student), records.get(student)
        if result is None:
            grades.append(Grade(person, None, most, status="handed in nothing"))
        elif record is None:
            grades.append(Grade(person, None, most, status="not graded yet; grade it"))
        else:
            grades.append(_grade(person, result, record, kept, most, penalty, marked_only))
    return grades


def _grade(
    person: Person,
    result: Result,
    record: Graded,
    kept: list[Question],
    most: float,
    penalty: Penalty,
    marked_only: bool,
) -> Grade:
    scores = {(n, c): result.scores[n].get(c) for n, c in kept}
    questions = {q: None if score is None else score.points for q, score in scores.items()}
    again = [notebook.name for notebook in record.notebooks if notebook.to_run_again]
    unmarked = sum(points is None for points in questions.values())
    late = timedelta(seconds=result.seconds_late)
    trouble = "; ".join(f"{n.name}: {n.status}" for n in record.notebooks if n.status != GRADED)
    about = (questions, result.timestamp, late)
    if again:
        words = f"{', '.join(again)}: could not be graded by this machine; grade it again"
        return Grade(person, None, most, 0.0, *about, 0, words)
    if unmarked and marked_only:
        words = f"{unmarked} answer{'s' * (unmarked > 1)} not marked yet"
        return Grade(person, None, most, 0.0, *about, unmarked, words)
    off = total = 0.0
    for notebook in dict.fromkeys(notebook for notebook, _ in kept):
        points = sum(points or 0.0 for (n, _), points in questions.items() if n == notebook)
        total += points
        if result.seconds_late > 0:
            off += penalty(result.student, points, result.seconds_late)
    return Grade(person, total - off, most, off, *about, unmarked, trouble or GRADED)


def _kept(results: Results, dropped: Iterable[str]) -> list[Question]:
    questions = [(n, c) for n, cells in results.points.items() for c in cells]
    out: set[Question] = set()
    for name in dropped:
        meant = [q for q in questions if name in (q[1], "/".join(q))]
        if len(meant) != 1:
            known = ", ".join("/".join(q) for q in questions)
            what = "is in several notebooks" if meant else "is no question"
            raise CourseError(
                f"c.Export.drop_questions: '{name}' {what} of this assignment. There is: {known}."
            )
        out |= set(meant)
    return [q for q in questions if q not in out]


def _people(
    course: Course, assignment: str, results: Results, roster: Roster | None
) -> dict[str, Person]:
    """By id, with what the roster, the gradebook and the platforms at `collect` know of them."""
    known = known_as(course, assignment)
    people = dict(roster.people) if roster else {}
    ids = {result.student for result in results.students}
    ids |= set() if roster else set(results.names)
    for student in ids:
        people.setdefault(student, Person(student))
    for student, person in people.items():
        first, last, email = results.names.get(student, ("", "", ""))
        more = {"first": first, "last": last, "email": email, **known.get(student, {})}
        if person.name:
            more = {key: text for key, text in more.items() if key not in ("first", "last")}
        gaps = {key: text for key, text in more.items() if text and not getattr(person, key)}
        people[student] = dataclasses.replace(person, **gaps)
    return people
