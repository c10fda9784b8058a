"""A plain CSV: a row a student, a column a question."""

from __future__ import annotations

from collections.abc import Iterable

from autograder import spreadsheet
from autograder.exporting.cells import clock, names, number
from autograder.exporting.grades import Grade
from autograder.spreadsheet import harmless, parse_csv

COLUMNS = (
    "student",
    "first name",
    "last name",
    "email",
    "points",
    "max points",
    "late penalty",
    "submitted (UTC)",
    "late (H:M:S)",
    "status",
)


def to_csv(grades: Iterable[Grade]) -> str:
    """The table; who has no grade has no points, and no 0, and the status says why."""
    grades = list(grades)
    questions = list(dict.fromkeys(q for grade in grades for q in grade.questions))
    rows = [(*COLUMNS, *(harmless("/".join(question)) for question in questions))]
    for grade in grades:
        person = grade.person
        status = grade.status
        if grade.unmarked and grade.points is not None:
            status = f"{status}; {grade.unmarked} not marked yet"
        rows.append(
            (
                *map(harmless, (person.id, *names(person), person.email)),
                number(grade.points),
                number(grade.max_points),
                number(grade.penalty) if grade.points is not None else "",
                f"{grade.submitted:%Y-%m-%d %H:%M:%S}" if grade.submitted else "",
                clock(grade.late) if grade.submitted else "",
                harmless(status),
                *(number(grade.questions.get(question)) for question in questions),
            )
        )
    return spreadsheet.to_csv(rows)


def read(text: str) -> dict[str, str]:
    """Points by student."""
    _, *rows = parse_csv(text)
    return {row[0]: row[4] for row in rows}
