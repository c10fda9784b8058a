"""What the commands share on the terminal: two consoles, errors, progress with time left, JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from autograder.course import CourseError

out = Console()
err = Console(stderr=True)


@contextmanager
def errors(as_json: bool = False) -> Iterator[None]:
    """An instructor's mistake ends the command with its message and exit code 1.

    With `as_json` a script finds the message on stdout too.
    """
    try:
        yield
    except CourseError as error:
        err.print(f"[red]Error:[/] {escape(str(error))}", soft_wrap=True)
        if as_json:
            print_json({"error": str(error)})
        raise typer.Exit(1) from None


@contextmanager
def progress(what: str, quiet: bool) -> Iterator[Callable[..., None]]:
    """A bar with the time left, on stderr; called with done and total, and drawn from then on.
    A third argument is what there is to say by now, in a few words."""
    bar = _bars(quiet)

    def advance(done: int, total: int, said: str = "") -> None:
        if not bar.tasks:
            bar.start()
            bar.add_task(what, total=None, said="")
        bar.update(bar.task_ids[0], completed=done, total=total, said=said)

    try:
        yield advance
    finally:
        if bar.tasks:
            bar.stop()


@contextmanager
def stages() -> Iterator[Callable[[str, int, int], None]]:
    """A bar a stage, one below the other; called with the stage, done and total."""
    with _bars(quiet=False) as bars:
        tasks: dict[str, TaskID] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, said="")
            bars.update(tasks[stage], completed=done, total=total)

        yield report


def _bars(quiet: bool) -> Progress:
    return Progress(
        TextColumn("{task.description:<12}"),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[said]}"),
        expand=True,
        console=err,
        disable=quiet,
    )


def fail_on(problems: dict[str, str]) -> None:
    for who, problem in problems.items():
        err.print(f"[red]{escape(who)}:[/] {escape(problem)}", soft_wrap=True)
    if problems:
        raise typer.Exit(1)


def print_json(value: Any) -> None:
    typer.echo(json.dumps(value, default=str, indent=1, ensure_ascii=False))
