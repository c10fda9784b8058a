"""Canvas's gradebook import.

    Student,ID,SIS User ID,SIS Login ID,Section,HW1 (4242)
        Points Possible,,,,,10
    "Example, Ada",501,00123,ada,S1,9.5

Source: `lib/gradebook_importer.rb` of instructure/canvas-lms.

An assignment is met by the number behind its title; a title that Canvas does not know makes a new
assignment, so this module never writes one without. A student is met by ID, then SIS User ID, then
SIS Login ID. An empty cell would take away a grade that Canvas has, so students without
a grade keep the cell they have, or have no row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.course import CourseError
from autograder.exporting.cells import number, sortable
from autograder.exporting.grades import Grade
from autograder.roster import Person
from autograder.spreadsheet import harmless, is_formula, parse_csv, read_csv, to_csv

STUDENT = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_POINTS = "Points Possible"
_TEST_STUDENT = "Student, Test"
_EXCUSED = "EX"
_EXPORT = "In Canvas: Grades, Export, Export Entire Gradebook."
_ASSIGNMENT = re.compile(r"(?P<title>.*\S)\s*\((?P<id>\d+)\)", re.DOTALL)


@dataclass(frozen=True)
class Gradebook:
    """A gradebook export of Canvas: the columns about students, and one assignment's."""

    heading: tuple[str, ...]  # up to Section
    column: str  # Title (id)
    points: str  # what Canvas says is possible; empty if it does not
    rows: tuple[tuple[tuple[str, ...], str], ...]  # about the student, and the score there


@dataclass(frozen=True)
class Export:
    """A file for Canvas, and what there is to say about it."""

    text: str
    written: int  # students with a grade of ours in it
    notes: tuple[str, ...] = ()


def column_of(wanted: str, assignment: str) -> str:
    """`Title (id)`, as configured. CourseError, with what to do, if the id is not in it."""
    if _ASSIGNMENT.fullmatch(wanted.strip()):
        return wanted.strip()
    said = f"'{wanted}' has no id" if wanted else "Canvas's assignment is not known"
    title = wanted or "HW1"
    raise CourseError(
        f"{said}, and Canvas would make a new assignment. Write the existing one as "
        f"c.Export.canvas_assignments = {{'{assignment}': '{title} (4242)'}}, with the number at "
        "the end of its address in Canvas (…/assignments/4242); or export Canvas's gradebook and "
        "give it with --canvas-gradebook FILE."
    )


def read_gradebook(path: Path, wanted: str, assignment: str) -> Gradebook:
    """The column of an assignment in a gradebook export.

    `wanted` is a title, an id or both; if it is empty, the title is the assignment's name.
    CourseError, with the columns that there are, if it is not one of them.
    """
    rows = [row for row in read_csv(path) if row]
    heading = [cell.strip() for cell in rows[0]] if rows else []
    if len(heading) < 4 or "Student" not in heading[0] or "ID" not in heading[1]:
        raise CourseError(
            f"{path} is no gradebook export of Canvas: it begins with other columns than Student "
            f"and ID. {_EXPORT}"
        )
    if "Section" not in heading:
        raise CourseError(
            f"{path} has no column Section, without which Canvas imports nothing. {_EXPORT}"
        )
    width = heading.index("Section") + 1
    possible = next((row for row in rows[1:3] if row and _POINTS in row[0]), [])
    index = _find_column(path, heading, width, wanted.strip() or assignment, assignment)
    points = _pointed(possible[index].strip()) if index < len(possible) else ""
    if "read only" in points:
        raise CourseError(
            f"{path}: Canvas works out '{heading[index]}' itself (read only). Name another column "
            "with --canvas-assignment."
        )
    found = []
    for row in rows[1:]:
        row = [*row, *[""] * (len(heading) - len(row))]
        about = tuple(cell.strip() for cell in row[:width])
        if any(about[1:4]) and _POINTS not in about[0] and about[0] != _TEST_STUDENT:
            found.append((about, _pointed(row[index].strip())))
    return Gradebook(tuple(heading[:width]), heading[index].strip(), points, tuple(found))


def export(grades: Iterable[Grade], column: str, gradebook: Gradebook | None = None) -> Export:
    """The file to import. CourseError if there is nobody in it."""
    grades = list(grades)
    done = _new(grades, column) if gradebook is None else _into(grades, gradebook)
    if not done.written:
        advice = "; ".join(done.notes) or "nobody has a grade yet; grade or mark them first"
        raise CourseError(f"No grade can go to Canvas: {advice}.")
    return done


def read(text: str) -> dict[tuple[str, str, str], str]:
    """What Canvas will read: scores by ID, SIS User ID and SIS Login ID."""
    heading, *rows = parse_csv(text)
    at = [heading.index(name) if name in heading else None for name in STUDENT[1:4]]
    return {
        tuple("" if i is None else row[i] for i in at): row[-1]  # type: ignore[misc]
        for row in rows
        if _POINTS not in row[0]
    }


def _new(grades: list[Grade], column: str) -> Export:
    """Without Canvas's own gradebook: rows of those whose ids are known."""
    notes, rows = [], []
    for grade in grades:
        person = grade.person
        ids = (person.canvas_id, person.sis_id, person.login_id)
        if grade.points is None:
            continue
        if not any(ids):
            notes.append(
                f"{person.id} left out: nothing says who that is in Canvas; give the roster a "
                "column canvas_id, sis_id or login_id, or use --canvas-gradebook"
            )
        elif formulas := [one for one in ids if is_formula(one)]:
            notes.append(
                f"{person.id} left out: '{formulas[0]}' begins like a formula, and a spreadsheet "
                "would run it; correct the roster"
            )
        else:
            about = (harmless(sortable(person)), *ids, harmless(person.section))
            rows.append((*about, number(grade.points)))
    most = next((grade.max_points for grade in grades), 0.0)
    possible = (f"    {_POINTS}", "", "", "", "", number(most))
    written = len(rows)
    if written:
        notes.append(
            f"the import sets the assignment's points in Canvas to {number(most)}; with "
            "--canvas-gradebook they stay what they are"
        )
    return Export(to_csv([(*STUDENT, harmless(column)), possible, *rows]), written, tuple(notes))


def _into(grades: list[Grade], gradebook: Gradebook) -> Export:
    """Into Canvas's own gradebook: its rows, its order, our scores."""
    notes, rows = [], []
    given = [grade for grade in grades if grade.points is not None]
    meant: dict[int, list[Grade]] = {}
    for grade in given:
        found = _rows_of(grade.person, gradebook)
        if not found:
            notes.append(
                f"{grade.person.id} left out: in Canvas's gradebook nobody has that ID, SIS User "
                "ID or SIS Login ID; give the roster a column canvas_id"
            )
        elif len(found) > 1:
            notes.append(
                f"{grade.person.id} left out: {len(found)} rows of Canvas's gradebook have that "
                "ID, SIS User ID or SIS Login ID; leave the right one of them in the file"
            )
        else:
            meant.setdefault(found[0], []).append(grade)
    written = 0
    for index, (about, score) in enumerate(gradebook.rows):
        found = meant.get(index, [])
        if len(found) > 1:
            who = " and ".join(grade.person.id for grade in found)
            notes.append(f"{who} left out: both seem to be {about[0]}; correct the roster")
        elif found and score.upper() == _EXCUSED:
            notes.append(
                f"{found[0].person.id} is excused in Canvas, and stays so; to give a grade, take "
                "out EX there first"
            )
        elif found:
            score = number(found[0].points)
            written += 1
        rows.append((*map(harmless, about), score if _is_number(score) else harmless(score)))
    most = number(next((grade.max_points for grade in grades), 0.0))
    if gradebook.points and not _same(gradebook.points, most):
        notes.append(
            f"Canvas has {gradebook.points} points possible and this assignment {most}: the "
            "scores go in as they are; if the two should agree, change the points in Canvas"
        )
    width = len(gradebook.heading)
    possible = (f"    {_POINTS}", *[""] * (width - 1), gradebook.points)
    heading = (*gradebook.heading, gradebook.column)
    return Export(to_csv([heading, possible, *rows]), written, tuple(notes))


def _rows_of(person: Person, gradebook: Gradebook) -> list[int]:
    """A student's row: as Canvas looks, by ID, then SIS User ID, then SIS Login ID.

    Several are those that have the same of one of them, and of none alone.

    Where the roster does not say one of the last two, what it does say is tried in its place.
    """
    sis = {person.sis_id} if person.sis_id else {person.sid, person.id}
    login = {person.login_id} if person.login_id else {person.id, person.email}
    several: list[int] = []
    for name, keys in zip(STUDENT[1:4], ({person.canvas_id}, sis, login), strict=True):
        if name not in gradebook.heading:
            continue
        at = gradebook.heading.index(name)
        wanted = {key.casefold() for key in keys if key}
        found = [i for i, (about, _) in enumerate(gradebook.rows) if about[at].casefold() in wanted]
        if len(found) == 1:
            return found
        several = several or found
    return several


def _find_column(path: Path, heading: list[str], width: int, wanted: str, assignment: str) -> int:
    found = {
        index: match
        for index, name in enumerate(heading)
        if index >= width and (match := _ASSIGNMENT.fullmatch(name.strip()))
    }
    meant = [i for i in found if heading[i].strip() == wanted]
    meant = meant or [i for i, match in found.items() if wanted in (match["title"], match["id"])]
    if len(meant) == 1:
        return meant[0]
    known = "; ".join(heading[index].strip() for index in found) or "none"
    what = (
        f"several columns are '{wanted}', and only one can be meant"
        if meant
        else f"no column is '{wanted}', and Canvas would make a new assignment"
    )
    raise CourseError(
        f"{path}: {what}. Write which one it is as "
        f"c.Export.canvas_assignments = {{'{assignment}': 'Title (id)'}} or "
        f"--canvas-assignment. There is: {known}."
    )


def _pointed(text: str) -> str:
    """A number with a point, where its comma can be nothing else: 9,5, but not 1,234."""
    return text.replace(",", ".") if re.fullmatch(r"-?\d+,\d{1,2}", text) else text


def _same(theirs: str, ours: str) -> bool:
    return _is_number(theirs) and float(theirs.replace(",", ".")) == float(ours)


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+([.,]\d+)?", text) is not None
