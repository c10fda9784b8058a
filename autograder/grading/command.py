"""`autograder grade`: everything that was collected, side by side."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from dataclasses import asdict
from typing import Annotated

import typer
from rich.markup import escape

from autograder.course import find_root, load_course
from autograder.options import AsJson, Assignment, CourseFolder, Student, Workers
from autograder.terminal import err, errors, out, print_json, progress


def grade(
    assignment: Assignment,
    workers: Workers = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="Run on a Dask cluster, e.g. tcp://10.0.0.1:8786, instead of here.",
        ),
    ] = None,
    student: Student = None,
    again: Annotated[
        bool, typer.Option("--again", help="Also what has not changed since it was graded.")
    ] = False,
    course: CourseFolder = None,
    as_json: AsJson = False,
) -> None:
    """Grade what was collected and has changed since it was last graded, side by side.

    Points that a person has entered stay. A dead kernel, an endless loop or an
    unreadable file costs its own points and nothing else. If the run is killed,
    the next one goes on where it stopped. Writes autograded/, the gradebook and
    grades/<assignment>.csv. Exit code 1 if something could not be graded for a
    reason that is not the student's.
    """
    from autograder.sandbox.zygote import zygote_line

    if scheduler and workers:
        raise typer.BadParameter("a cluster has its own workers", param_hint="--workers")
    kept: list[int] = []
    here = sys.platform == "linux" and not scheduler
    with errors(as_json):
        root = find_root(course)
    with errors(as_json), zygote_line() if here else nullcontext() as line:
        # Now that the zygote imports on a core of its own: this takes a second too.
        found = load_course(root)
        from autograder.gradebook.table import grades_path, to_isolation, to_notes, to_table
        from autograder.grading.run import grade as grade_all
        from autograder.sandbox.cluster import Cluster, dask_cluster

        machines = dask_cluster(scheduler) if scheduler else nullcontext(Cluster(workers=workers))
        with machines as cluster, progress("grading", quiet=as_json) as advance:
            graded = grade_all(
                found,
                assignment,
                student=student,
                workers=cluster.workers,
                executor=cluster.executor,
                line=line,
                again=again,
                on_progress=lambda step: advance(step.done, step.total, str(step.spread or "")),
                on_kept=kept.append,
            )
    if as_json:
        print_json([asdict(row) for row in graded])
    else:
        out.print(to_table(graded, assignment))
        for note in to_notes(graded):
            out.print(f"[yellow]{escape(note)}[/]")
        for line in to_isolation(graded):
            out.print(f"[dim]{escape(line)}[/]", soft_wrap=True)
        out.print(f"Written: {escape(str(grades_path(found, assignment)))}")
        if any(kept):
            out.print(f"{kept[0]} notebook(s) kept from earlier runs; --again grades those too.")
    ours = [f"{r.student}/{n.name}" for r in graded for n in r.notebooks if n.to_run_again]
    if ours:
        err.print(f"[red]Not graded, run it again:[/] {escape(', '.join(ours))}")
        raise typer.Exit(1)
