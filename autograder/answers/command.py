"""`autograder answers`: are the checks themselves right?"""

from __future__ import annotations

from typing import Annotated

import typer

from autograder.course import find_course
from autograder.options import AsJson, CourseFolder, Workers
from autograder.terminal import errors, out, print_json, progress


def answers(
    assignment: Annotated[
        str | None, typer.Argument(metavar="[ASSIGNMENT]", help="Which one; default: all.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="QUESTION", help="These questions only.")
    ] = None,
    draws: Annotated[
        int, typer.Option(min=1, help="How often each answer is judged, with other inputs.")
    ] = 1,
    workers: Workers = None,
    course: CourseFolder = None,
    as_json: AsJson = False,
) -> None:
    """Prove the checks: run every answer of the bank, and list what was misjudged.

    Each file in answers/ says the points it must get. Exit code 1 if one gets
    others. With --draws 5, the checks make other inputs five times: what is
    judged by chance shows so.
    """
    from autograder.answers.report import as_rows, show_report
    from autograder.answers.run import batches, prove
    from autograder.sandbox.pool import local_pool, worker_count

    judged = []
    with errors(as_json):
        found = find_course(course)
        names = [assignment] if assignment else found.assignments()
        todo = [batch for name in names for batch in batches(found, name, only or (), draws)]
        with local_pool(worker_count(workers)) as pool, progress("judging", as_json) as advance:
            judged = prove(todo, pool, advance)
    if as_json:
        print_json(as_rows(judged))
    else:
        show_report(judged, out)
    if not judged or any(one.misjudged for one in judged):
        raise typer.Exit(1)
