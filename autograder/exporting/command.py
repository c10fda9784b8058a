"""`autograder export`: grades for Canvas, in Gradescope's columns, or as a plain table."""

from __future__ import annotations

import os
from dataclasses import asdict
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from autograder.course import Course, CourseError, find_course
from autograder.options import AsJson, Assignment, CourseFolder, RosterFile
from autograder.terminal import errors, out, print_json

if TYPE_CHECKING:
    from autograder.exporting.grades import Grade, Settings


class Target(str, Enum):
    """Where grades can go."""

    canvas = "canvas"
    gradescope = "gradescope"
    csv = "csv"


def export(
    assignment: Assignment,
    to: Annotated[Target, typer.Option("--to", help="Who is to read it.")],
    file: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Default: grades/<assignment>-<to>.csv."),
    ] = None,
    canvas_gradebook: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Canvas's gradebook as exported there; its students are met."
        ),
    ] = None,
    canvas_assignment: Annotated[
        str | None,
        typer.Option(
            metavar="TITLE", help="'Title (id)' in Canvas; default: c.Export.canvas_assignments."
        ),
    ] = None,
    roster: RosterFile = None,
    late_penalties: Annotated[
        bool | None,
        typer.Option(
            "--late-penalties/--no-late-penalties",
            help="Take off the course's late penalty; default: c.Export.late_penalties, or yes.",
        ),
    ] = None,
    marked_only: Annotated[
        bool,
        typer.Option("--marked-only", help="No points yet for who has answers still to be marked."),
    ] = False,
    course: CourseFolder = None,
    as_json: AsJson = False,
) -> None:
    """Write the grades as another program reads them, with the marks that people entered.

    [bold]canvas[/] is for Canvas's gradebook import: an existing assignment is met by its id,
    never a new one made. [bold]gradescope[/] has the columns of Gradescope's own download, for
    merging: Gradescope imports no scores. [bold]csv[/] has a column a question. Questions in
    c.Export.drop_questions are left out, of the points and of the maximum. Who has no grade has
    an empty cell or no row, never a 0.
    """
    from autograder.exporting.grades import Settings, final_grades
    from autograder.gradebook.table import grades_path
    from autograder.roster import course_roster

    with errors(as_json):
        if to is not Target.canvas and (canvas_gradebook or canvas_assignment):
            raise CourseError("--canvas-gradebook and --canvas-assignment go with --to canvas.")
        found = find_course(course)
        found.require_assignment(assignment, "release")
        settings = _settings(Settings.of(found, assignment), late_penalties, canvas_assignment)
        people = course_roster(found, roster)
        grades = final_grades(found, assignment, settings, people, marked_only)
        text, written, notes = _write(to, found, assignment, grades, settings, canvas_gradebook)
        path = file or grades_path(found, assignment, f"-{to.value}.csv")
        _save(path, text)
    notes += _unsaid(grades)
    if as_json:
        print_json({"file": str(path), "written": written, "notes": notes,
                    "grades": [_record(grade) for grade in grades]})  # fmt: skip
        return
    for note in notes:
        out.print(f"[yellow]{escape(note)}[/]", soft_wrap=True)
    students = f"{written} student{'s' * (written != 1)}"
    out.print(f"Written: {escape(str(path))} ({students} with points)", soft_wrap=True)
    if to is Target.canvas:
        out.print("In Canvas: Grades, Import, choose it, and look at what it says will change.")


def _settings(found: Settings, late: bool | None, canvas_assignment: str | None) -> Settings:
    from dataclasses import replace

    if late is not None:
        found = replace(found, late_penalties=late)
    if canvas_assignment:
        found = replace(found, canvas_assignment=canvas_assignment)
    return found


def _write(
    to: Target,
    course: Course,
    assignment: str,
    grades: list[Grade],
    settings: Settings,
    canvas_gradebook: Path | None,
) -> tuple[str, int, list[str]]:
    """The text, how many students have points in it, and what there is to say."""
    from autograder.exporting import canvas, gradescope, table

    given = sum(grade.points is not None for grade in grades)
    if to is Target.csv:
        return table.to_csv(grades), given, []
    if to is Target.gradescope:
        return gradescope.to_csv(grades, settings.gradescope_title), given, []
    gradebook, column = None, settings.canvas_assignment
    if canvas_gradebook is None:
        column = canvas.column_of(column, assignment)
    else:
        gradebook = canvas.read_gradebook(canvas_gradebook, column, assignment)
    done = canvas.export(grades, column, gradebook)
    return done.text, done.written, list(done.notes)


def _unsaid(grades: list[Grade]) -> list[str]:
    """What a table of numbers does not say."""
    from autograder.submission import GRADED

    notes = []
    reasons: dict[str, list[str]] = {}
    for grade in grades:
        if grade.points is None:
            reasons.setdefault(grade.status, []).append(grade.person.id)
        elif grade.status != GRADED:
            notes.append(f"{grade.person.id}: {grade.status}: counts as 0 there")
        if grade.penalty and grade.points is not None:
            notes.append(f"{grade.person.id}: {grade.penalty:g} points off for {grade.late} late")
    notes += [f"no grade, {why}: {', '.join(who)}" for why, who in reasons.items()]
    unmarked = [grade for grade in grades if grade.unmarked and grade.points is not None]
    answers = sum(grade.unmarked for grade in unmarked)
    if answers:
        notes.append(
            f"{answers} written answer{'s' * (answers > 1)} of {len(unmarked)} student"
            f"{'s' * (len(unmarked) > 1)} not marked yet; they count as 0 (--marked-only leaves "
            "these students out)"
        )
    return notes


def _record(grade: Grade) -> dict:
    questions = {"/".join(question): points for question, points in grade.questions.items()}
    return {**asdict(grade), "questions": questions}


def _save(path: Path, text: str) -> None:
    # Written beside and moved, so that nobody ever reads half a table.
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f".{path.name}.new")
        new.write_text(text, encoding="utf-8", newline="")
        os.replace(new, path)
    except OSError as error:
        raise CourseError(
            f"{path} cannot be written ({error.strerror}). Close it if it is open, or give another "
            "place with --out."
        ) from error
