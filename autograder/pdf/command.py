"""`autograder pdf`: a class's notebooks as PDFs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.markup import escape

from autograder.course import find_course
from autograder.options import AsJson, Assignment, CourseFolder, Student, Workers
from autograder.terminal import errors, fail_on, out, print_json, progress


def pdf(
    assignment: Assignment,
    fixed_length: Annotated[
        bool, typer.Option("--fixed-length", help="The same pages for everybody, and a template.")
    ] = False,
    written_only: Annotated[
        bool, typer.Option("--written-only", help="Only the questions that a person marks.")
    ] = False,
    instructor: Annotated[
        bool, typer.Option("--instructor", help="With hidden tests, schemes and all messages.")
    ] = False,
    workers: Workers = None,
    student: Student = None,
    course: CourseFolder = None,
    as_json: AsJson = False,
) -> None:
    """Write every graded notebook as a PDF, each question on a new page.

    pdf/<assignment>/<student>-<notebook>.pdf, and beside it a .json that says
    which pages hold which question; it is attached to the PDF as well.

    With --fixed-length every question has the same pages in each PDF, as Gradescope
    expects it, and template-<notebook>.pdf is the blank one to set the assignment up
    with. How many pages: [bold]chainrule.pages[/] in the metadata of the question's first
    cell, by default what it takes in release/ and some room. What does not fit is
    made smaller as a whole, and listed.

    --written-only and --instructor PDFs go to the folders written/ and instructor/ in
    there. Never give a student an instructor's PDF: it shows the hidden tests.
    """
    from autograder.pdf.run import Edition, write_pdfs

    if instructor and fixed_length:
        raise typer.BadParameter(
            "hidden tests need pages of their own, so --instructor has no fixed length",
            param_hint="--fixed-length",
        )
    edition = Edition(fixed_length, written_only, instructor)
    with errors(as_json), progress("writing PDFs", quiet=as_json) as advance:
        made = write_pdfs(
            find_course(course),
            assignment,
            edition=edition,
            student=student,
            workers=workers,
            on_progress=advance,
        )
    if as_json:
        print_json([asdict(one) for one in made])
    else:
        out.print(
            f"{sum(one.file is not None for one in made)} PDF(s) in "
            f"{escape('/'.join(filter(None, ('pdf', assignment, edition.folder))))}/"
        )
        for one in made:
            for problem in one.problems if one.file else ():
                out.print(f"[yellow]{one.student}/{one.notebook}[/]: {escape(problem)}")
    fail_on({f"{m.student}/{m.notebook}": m.problems[0] for m in made if m.file is None})
