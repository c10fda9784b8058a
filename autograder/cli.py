"""The `autograder` command: what an instructor types."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from autograder.answers.command import answers
from autograder.course import CourseError, find_course
from autograder.demo.command import demo
from autograder.doctor.command import doctor
from autograder.gradescope.command import gradescope
from autograder.grading.command import grade
from autograder.options import AsJson, Assignment, CourseFolder, Student
from autograder.pdf.command import pdf
from autograder.terminal import err, errors, fail_on, out, print_json

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="""Grades a course of Chainrule notebooks.

    The way of an assignment, one command a step:

    [bold]release[/] → (students work) → [bold]collect[/] → [bold]grade[/] → mark the written parts
    in nbgrader's formgrader → [bold]feedback[/], [bold]pdf[/]

    Run it in the course's folder, the one with nbgrader_config.py. Stock nbgrader
    commands work there too and give the same points.
    """,
)


def _version(asked: bool) -> None:
    if asked:
        out.print(f"autograder {version('autograder')}", highlight=False)
        raise typer.Exit


@app.callback()
def main(
    _: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version and stop."
        ),
    ] = False,
) -> None:
    pass


@app.command()
def release(
    assignments: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ASSIGNMENT]...", help="Which ones; default: all in source/."),
    ] = None,
    course: CourseFolder = None,
    as_json: AsJson = False,
) -> None:
    """Make the student version of assignments, and prove that it keeps its secrets.

    Reads source/, writes release/ and enters the assignment in the gradebook.
    If a solution, a hidden test, a marking scheme or a check could be read in
    it, nothing is released and the cell is named.
    """
    from autograder.release import release as release_one

    with errors(as_json):
        found = find_course(course)
        done = [release_one(found, name) for name in assignments or found.assignments()]
    if as_json:
        print_json([asdict(one) for one in done])
        return
    for one in done:
        names = ", ".join(one.notebooks)
        out.print(f"[green]released[/] {escape(one.assignment)}: {escape(names)}")


@app.command()
def collect(
    assignment: Assignment,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Folders, zips or notebooks.")
    ],
    received: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="When it came, e.g. '2026-01-31 23:59 +0100'; "
            "default: the time of the student's newest file.",
        ),
    ] = None,
    course: CourseFolder = None,
    as_json: AsJson = False,
) -> None:
    """Sort what students handed in into submitted/, and list who and what.

    Understood: <student>/<notebook>.ipynb, <student>_<notebook>.ipynb and
    <student>.zip, each in a folder or in a zip. An unreadable file is kept as
    it is; what cannot be placed is listed with the reason. Copies such as
    "<notebook> (1).ipynb" and "<notebook>-2.ipynb" are taken for the notebook.
    """
    from autograder.collect import collect as collect_all

    time = _time(received)
    with errors(as_json):
        result = collect_all(find_course(course), assignment, paths, received=time)
    if as_json:
        print_json(asdict(result))
    else:
        table = Table(
            title=f"{assignment}: {len(result.students)} student(s)", title_justify="left"
        )
        for title in ("student", "received (UTC)", "what"):
            table.add_column(title)
        for one in result.students:
            when, what = f"{one.timestamp:%Y-%m-%d %H:%M}", escape(one.summary)
            if not one.taken:
                when, what = "", f"[red]{what}[/]"
            table.add_row(escape(one.student), when, what)
        out.print(table)
        for stranger in result.strangers:
            out.print(
                f"[yellow]not taken[/] {escape(stranger.origin)}: {escape(stranger.reason)}",
                soft_wrap=True,
            )
        if result.lost:
            files = f"{len(result.lost)} file{'s' * (len(result.lost) > 1)}"
            out.print(f"[red]{files} not taken: rename and collect again, or ask for new ones.[/]")
    if not any(one.taken for one in result.students):
        err.print("[red]Nothing was collected.[/]")
        raise typer.Exit(1)


app.command()(grade)


@app.command()
def grades(
    assignment: Assignment,
    course: CourseFolder = None,
    as_json: AsJson = False,
) -> None:
    """Show the grades as they are now, with the marks that people have entered since.

    Writes grades/<assignment>.csv anew from the gradebook. Runs no notebook.
    """
    from autograder.gradebook.grades import refresh_grades
    from autograder.gradebook.table import grades_path, to_table

    with errors(as_json):
        found = find_course(course)
        found.require_assignment(assignment, "release")
        rows = refresh_grades(found, assignment)
        if not rows:
            raise CourseError(
                f"Nothing is graded in '{assignment}'. Run `autograder grade {assignment}` first."
            )
    if as_json:
        print_json([asdict(row) for row in rows])
        return
    out.print(to_table(rows, assignment, manual=True))
    _say_unmarked({row.student: row.pending for row in rows}, "in the totals")
    out.print(f"Written: {escape(str(grades_path(found, assignment)))}", soft_wrap=True)


@app.command()
def feedback(
    assignment: Assignment,
    student: Student = None,
    course: CourseFolder = None,
    as_json: AsJson = False,
) -> None:
    """Write what students get back: HTML with scores and messages, nothing hidden.

    One page a notebook: feedback/<student>/<assignment>/<notebook>.html. The
    grades' CSV is brought up to date with the marks that people have entered.
    """
    from autograder.feedback.pages import write_feedback

    with errors(as_json):
        written = write_feedback(find_course(course), assignment, student)
    if as_json:
        print_json([asdict(one) for one in written])
    else:
        pages = sum(len(one.pages) for one in written)
        out.print(f"{pages} page(s) for {len(written)} student(s) in feedback/")
        _say_unmarked({one.student: one.pending for one in written}, "on the pages")
    fail_on({one.student: one.problem for one in written if one.problem})


app.command()(pdf)
app.command()(gradescope)
app.command()(answers)
app.command()(demo)
app.command()(doctor)


def _say_unmarked(pending: dict[str, int], where: str) -> None:
    answers, students = sum(pending.values()), sum(map(bool, pending.values()))
    if answers:
        out.print(
            f"[yellow]{answers} written answer{'s' * (answers > 1)} of {students} "
            f"student{'s' * (students > 1)} not marked yet; they count as 0 {where} until they "
            "are.[/]",
            soft_wrap=True,
        )


def _time(text: str | None) -> datetime | None:
    if text is None:
        return None
    for form in ("%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M %z", "%Y-%m-%dT%H:%M:%S%z"):
        try:
            return datetime.strptime(text, form).astimezone(timezone.utc)
        except ValueError:
            continue
    raise typer.BadParameter(
        f"'{text}' is no time with a zone; write it as '2026-01-31 23:59 +0100'",
        param_hint="--received",
    )
