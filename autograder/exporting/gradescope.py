"""The columns of Gradescope's own "Download Grades", for merging with what it has.

    First Name,Last Name,SID,Email,Sections,HW1,HW1 - Max Points,HW1 - Submission Time,
    HW1 - Lateness (H:M:S),Total Lateness (H:M:S)

Gradescope imports no scores from a table: it takes them from an autograder's results only. The
columns are those of a course's Assignments, Download Grades, Download CSV, which public programs
read (eldridgejm/gradelib, matthigger/gradescope_mean); Gradescope documents no list of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from autograder import spreadsheet
from autograder.exporting.cells import clock, names, number
from autograder.exporting.grades import Grade
from autograder.spreadsheet import harmless, parse_csv

STUDENT = ("First Name", "Last Name", "SID", "Email", "Sections")
TOTAL = "Total Lateness (H:M:S)"


def columns(title: str) -> tuple[str, ...]:
    """The headings for one assignment."""
    return (
        *STUDENT,
        title,
        f"{title} - Max Points",
        f"{title} - Submission Time",
        f"{title} - Lateness (H:M:S)",
        TOTAL,
    )


def to_csv(grades: Iterable[Grade], title: str) -> str:
    """The table; who has no grade has no score, and no 0."""
    rows = [columns(harmless(title))]
    for grade in grades:
        person = grade.person
        first, last = names(person)
        sid = person.sid or person.sis_id
        late = clock(grade.late) if grade.submitted else ""
        rows.append(
            (
                *map(harmless, (first, last, sid, person.email, person.section)),
                number(grade.points),
                number(grade.max_points),
                _time(grade.submitted),
                late,
                late,
            )
        )
    return spreadsheet.to_csv(rows)


def read(text: str) -> dict[tuple[str, str, str, str], str]:
    """Scores by first name, last name, SID and e-mail, as a program for Gradescope's table reads
    them."""
    _, *rows = parse_csv(text)
    return {(row[0], row[1], row[2], row[3]): row[5] for row in rows}


def _time(time: datetime | None) -> str:
    return f"{time:%Y-%m-%d %H:%M:%S +0000}" if time else ""
