"""The `autograder` command: what an instructor types."""

from __future__ import annotations

from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from autograder.answers.command import answers
from autograder.collecting.command import collect
from autograder.course import CourseError, find_course
from autograder.demo.command import demo
from autograder.doctor.command import doctor
from autograder.exporting.command import export
from autograder.gradescope.command import gradescope
from autograder.grading.command import grade
from autograder.options import AsJson, Assignment, CourseFolder, Student
from autograder.pdf.command import pdf
from autograder.terminal import errors, fail_on, out, print_json

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
    to: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Write them, with the student package, to a folder for students."
        ),
    ] = None,
    course: CourseFolder = None,
    as_json: AsJson = False,
) -> None:
    """Make the student version of assignments, and prove that it keeps its secrets.

    Reads source/, writes release/ and enters the assignment in the gradebook.
    If a solution, a hidden test, a marking scheme or a check could be read in
    it, nothing is released and the cell is named.

    With --to it also writes a student repository: these assignments, README.md
    and the student package's wheel, proved once more. It says what to push.
    """
    from autograder.release import release as release_one

    with errors(as_json):
        found = find_course(course)
        done = [release_one(found, name) for name in assignments or found.assignments()]
        published = None
        if to is not None:
            from autograder.publication.folder import publish

            published = publish(found, [one.assignment for one in done], to)
    if as_json:
        released = [asdict(one) for one in done]
        if published is None:
            print_json(released)
        else:
            print_json({"released": released, "published": asdict(published)})
        return
    for one in done:
        names = ", ".join(one.notebooks)
        out.print(f"[green]released[/] {escape(one.assignment)}: {escape(names)}")
    if published is not None:
        out.print(
            f"[green]written[/] {escape(str(published.folder))}: README.md, "
            f"{escape(published.wheel)} and {len(done)} assignment{'s' * (len(done) != 1)}; "
            "nothing in it is for instructors. For students to find it:",
            soft_wrap=True,
        )
        for step in published.next:
            out.print(f"  {escape(step)}", soft_wrap=True, highlight=False)


app.command()(collect)
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
app.command()(export)
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
