"""`autograder collect`: what came in, sorted by student."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from autograder.course import find_course
from autograder.options import AsJson, Assignment, CourseFolder, RosterFile
from autograder.terminal import err, errors, out, print_json

if TYPE_CHECKING:
    from autograder.archive import Refused
    from autograder.collecting.collection import Collection

_SHOWN = 3  # of files that were not taken for the same reason


def collect(
    assignment: Assignment,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Folders, zips or notebooks.")
    ],
    received: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="When it came, e.g. '2026-01-31 23:59 +0100'; default: as the platform says, "
            "else the time of the student's newest file.",
        ),
    ] = None,
    roster: RosterFile = None,
    student: Annotated[
        str | None, typer.Option("--student", metavar="ID", help="All of it is this student's.")
    ] = None,
    course: CourseFolder = None,
    as_json: AsJson = False,
) -> None:
    """Sort what students handed in into submitted/, and list who and what.

    Understood: Gradescope's export (with submission_metadata.yml), Canvas's download of
    submissions, nbgrader's exchange, and folders and zips that say whose they are:
    <student>/<notebook>.ipynb, <student>_<notebook>.ipynb, <student>.zip, each in a folder or
    in a zip. A notebook of another name is known by its cells. The newest version with work in
    it is taken, others are kept in collected/. An unreadable file is kept as it is; what cannot
    be placed is listed with the reason. With a roster, people are found in it, and those who
    handed in nothing are listed.
    """
    from autograder.collecting.run import collect as collect_all
    from autograder.roster import course_roster

    time = _time(received)
    with errors(as_json):
        found = find_course(course)
        result = collect_all(
            found,
            assignment,
            paths,
            received=time,
            roster=course_roster(found, roster),
            student=student,
        )
    if as_json:
        print_json(asdict(result))
    else:
        _show(assignment, result)
    if not any(one.taken for one in result.students):
        err.print(
            "[red]Nothing was collected.[/] `autograder collect --help` says how folders, zips and "
            "files have to be named."
        )
        raise typer.Exit(1)


def _show(assignment: str, result: Collection) -> None:
    table = Table(title=f"{assignment}: {len(result.students)} student(s)", title_justify="left")
    for title in ("student", "received (UTC)", "what"):
        table.add_column(title)
    for one in result.students:
        when, what = "not said", escape(one.summary)
        if one.timestamp is not None:
            when = f"{one.timestamp:%Y-%m-%d %H:%M}"
        if not one.taken:
            when, what = "", f"[red]{what}[/]"
        table.add_row(escape(one.student), f"[red]{when}[/]" if one.late else when, what)
    out.print(table)
    for one in result.earlier:
        out.print(f"[yellow]aside[/] {escape(one.origin)}: {escape(one.reason)}", soft_wrap=True)
    _show_strangers(result.strangers)
    if result.absent:
        who = f"{len(result.absent)} on the roster handed in nothing"
        out.print(f"[yellow]{who}:[/] {escape(', '.join(result.absent))}", soft_wrap=True)
    if result.lost:
        files = f"{len(result.lost)} file{'s' * (len(result.lost) > 1)}"
        out.print(f"[red]{files} not taken: rename and collect again, or ask for new ones.[/]")


def _show_strangers(strangers: tuple[Refused, ...]) -> None:
    by_reason: dict[str, list[str]] = {}
    for stranger in strangers:
        by_reason.setdefault(stranger.reason, []).append(stranger.origin)
    for reason, origins in by_reason.items():
        for origin in origins[:_SHOWN]:
            out.print(f"[yellow]not taken[/] {escape(origin)}: {escape(reason)}", soft_wrap=True)
        if len(origins) > _SHOWN:
            more = f"{len(origins) - _SHOWN} more for the same reason (--json lists them)"
            out.print(f"[yellow]not taken[/] and {more}", soft_wrap=True)


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
