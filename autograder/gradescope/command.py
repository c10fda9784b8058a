"""`autograder gradescope`: an assignment's autograder as a zip for Gradescope."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from autograder.course import find_course
from autograder.options import AsJson, Assignment, CourseFolder
from autograder.terminal import err, errors, out, print_json


def gradescope(
    assignment: Assignment,
    folder: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="DIR", help="Where; default: dist/ in the course."),
    ] = None,
    course: CourseFolder = None,
    as_json: AsJson = False,
) -> None:
    """Build the autograder of an assignment for Gradescope: dist/ASSIGNMENT-autograder.zip.

    Upload it there as the autograder of a programming assignment. It gives the points that
    `autograder grade` gives, a test a question; written answers are left to a person. The zip
    holds solutions and checks: give it to nobody.

    Settings, in nbgrader_config.py: c.Gradescope.visibility, question_visibility, timeout and
    data. docs/gradescope.md explains them.
    """
    from autograder.gradescope.package import build

    with errors(as_json):
        found = find_course(course)
        built = build(found, assignment, folder or found.root / "dist")
    if as_json:
        print_json(asdict(built))
        return
    out.print(f"[green]built[/] {escape(str(built.file))} ({built.bytes / 2**20:.1f} MB)")
    out.print(f"Autograder points: {built.points:g}", highlight=False)
    if built.written_points:
        out.print(
            f"Not among them: {built.written_points:g} points of written answers, which a person "
            "marks.",
            highlight=False,
        )
    out.print(
        f"Timeout on Gradescope: {built.timeout / 60:g} minutes. Python {built.python}"
        f"{', torch' if built.torch else ''}"
        f"{', data: ' + ', '.join(built.data) if built.data else ''}.",
        highlight=False,
    )
    for warning in built.warnings:
        err.print(f"[yellow]{escape(warning)}[/]", soft_wrap=True)
