"""`autograder demo`: the whole way on a made-up class."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from autograder.course import find_course
from autograder.options import CourseFolder, Workers
from autograder.terminal import errors, fail_on, out, stages


def demo(
    folder: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Where; an earlier demo there is removed.")
    ] = Path("demo"),
    workers: Workers = None,
    course: CourseFolder = None,
) -> None:
    """The whole way on ten made-up students: release, collect, grade, feedback, PDFs.

    Offline, in about two minutes. Everything goes into one folder; open its
    index.html. Exit code 1 if anybody gets other points than the answer bank says.
    """
    from autograder.demo.page import write_page
    from autograder.demo.run import run_demo
    from autograder.gradebook.table import to_notes, to_table

    with errors(), stages() as report:
        finished = run_demo(find_course(course), folder, workers, report)
    page = write_page(finished)
    out.print(to_table(finished.graded, finished.assignment))
    for note in to_notes(finished.graded):
        out.print(f"[yellow]{escape(note)}[/]", soft_wrap=True)
    out.print(f"{sum(finished.seconds.values()):.0f} s. Open {escape(str(page))}", soft_wrap=True)
    wrong = {
        f"{m.student}, {m.question}": f"got {m.points}, the answer bank says {m.expected}"
        for m in finished.mismatches
    }
    fail_on(wrong | {problem: "" for problem in finished.problems})
