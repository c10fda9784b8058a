"""The grade table: `grades/<assignment>.csv`, `.json`, and one for the terminal."""

from __future__ import annotations

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from autograder.course import Course, CourseError
from autograder.submission import GRADED, Graded, GradedCell, GradedNotebook


def grades_path(course: Course, assignment: str, suffix: str = ".csv") -> Path:
    """Where the grades of an assignment are written."""
    return course.root / "grades" / f"{assignment}{suffix}"


def write_grades(course: Course, assignment: str, graded: Iterable[Graded]) -> Path:
    """Write the table of the class; returns the CSV's path.

    `graded` replaces the rows of its students; the others' stay as they were.
    """
    rows = {row.student: row for row in read_grades(course, assignment)}
    rows |= {row.student: row for row in graded}
    ordered = [rows[student] for student in sorted(rows)]
    _replace(grades_path(course, assignment, ".json"), _records(ordered))
    path = grades_path(course, assignment)
    _replace(path, [to_csv(ordered)])
    return path


def _records(rows: Iterable[Graded]) -> Iterator[str]:
    """JSON, a student at a time: as one text, a large class would take more than its grading."""
    yield "["
    between = "\n"
    for row in rows:
        yield between + json.dumps(asdict(row), indent=1, ensure_ascii=False)
        between = ",\n"
    yield "\n]\n"


def read_grades(course: Course, assignment: str) -> list[Graded]:
    """The class as it was last graded; an empty list if it never was."""
    path = grades_path(course, assignment, ".json")
    if not path.is_file():
        return []
    try:
        return [_graded(record) for record in json.loads(path.read_text(encoding="utf-8"))]
    except (ValueError, TypeError, KeyError) as error:
        raise CourseError(
            f"{path} is damaged ({error}). Remove it and grade the assignment again."
        ) from error


def notebook_from_record(record: dict) -> GradedNotebook:
    """A graded notebook from the JSON that it was written as. ValueError, TypeError or KeyError
    if it is not one."""
    cells = tuple(_graded_cell(cell) for cell in record["cells"])
    words = {key: tuple(record.get(key, ())) for key in ("events", "repairs", "isolation")}
    return GradedNotebook(**{**record, "cells": cells, **words})


def to_csv(rows: list[Graded]) -> str:
    """A row a student; points pending are left empty, so that no sum counts them as 0."""
    questions = _questions(rows)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        [
            "student",
            "total",
            "max",
            "automatic",
            "automatic max",
            "manual pending",
            *(
                f"{notebook}/{cell} ({_points(most)})"
                for (notebook, cell), most in questions.items()
            ),
            "status",
        ]
    )
    for row in rows:
        cells = {(n.name, c.id): c for n in row.notebooks for c in n.cells}
        writer.writerow(
            [
                _plain(row.student),
                _points(row.points),
                _points(row.max_points),
                _points(row.automatic_points),
                _points(row.max_automatic_points),
                row.pending,
                *(_points(cells[q].points) if q in cells else "" for q in questions),
                _plain("; ".join(row.trouble) or GRADED),
            ]
        )
    return out.getvalue()


def to_table(rows: list[Graded], title: str, *, manual: bool = False) -> Table:
    """The same for the terminal: automatic points by notebook, narrow enough for 80 columns.

    With `manual`, the points that people gave are counted too.
    A notebook whose name begins with a number stands under that number; the
    caption says which is which.
    """
    names = list(dict.fromkeys(n.name for row in rows for n in row.notebooks))
    numbers = [name.partition("-")[0] for name in names]
    numbered = all(number.isdigit() for number in numbers) and len(set(numbers)) == len(names)
    most = {n.name: _counted(n, manual)[1] for row in rows for n in row.notebooks}
    table = Table(
        title=title,
        title_justify="left",
        caption=" · ".join(name.replace("-", " ") for name in names) if numbered else None,
        caption_justify="left",
    )
    table.add_column("student")
    for name, number in zip(names, numbers, strict=True):
        heading = number if numbered else name.replace("-", " ")
        table.add_column(f"{heading}\n[dim]of {_points(most[name])}[/]", justify="right")
    whole = max((sum(_counted(n, manual)[1] for n in r.notebooks) for r in rows), default=0.0)
    heading = "total" if manual else "automatic"
    table.add_column(f"{heading}\n[dim]of {_points(whole)}[/]", justify="right")
    table.add_column("to\nmark", justify="right")
    for row in rows:
        notebooks = {n.name: n for n in row.notebooks}
        table.add_row(
            escape(row.student),
            *(_cell(notebooks.get(name), manual) for name in names),
            _points(row.points if manual else row.automatic_points),
            str(row.pending or ""),
        )
    return table


def to_notes(rows: list[Graded]) -> list[str]:
    """What went wrong, was put back or looked deliberate, a line each, without the whole reason."""
    notes = []
    for row in rows:
        for notebook in row.notebooks:
            # "double: kernel died: <the whole reason>"
            short = [": ".join(event.split(": ")[:2]) for event in notebook.events]
            # "locked cell exp-question had been changed and was put back; <what stood there>"
            short += [repair.split("; ")[0] for repair in notebook.repairs]
            short += [
                f"{cell.id}: flagged: {flag.splitlines()[0]}"
                for cell in notebook.cells
                for flag in cell.flags
            ]
            notes += [f"{row.student}: {notebook.name}: {line}" for line in short]
    return notes


def to_isolation(rows: list[Graded]) -> list[str]:
    """What isolated the notebooks that were run, a line for each kind of machine."""
    kinds = Counter(n.isolation for row in rows for n in row.notebooks if n.isolation)
    return [
        f"{count} notebook{'s' * (count > 1)} run with {'; '.join(walls)}"
        for walls, count in kinds.most_common()
    ]


def _cell(notebook: GradedNotebook | None, manual: bool) -> str:
    if notebook is None:
        return ""
    if notebook.status != GRADED:
        return f"[red]{notebook.status}[/]"
    return _points(_counted(notebook, manual)[0])


def _counted(notebook: GradedNotebook, manual: bool) -> tuple[float, float]:
    """Points given in a notebook, and how many could be; by a machine only if not `manual`."""
    cells = [cell for cell in notebook.cells if manual or not cell.manual]
    return sum(c.points or 0.0 for c in cells), sum(c.max_points for c in cells)


def _questions(rows: list[Graded]) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for row in rows:
        for notebook in row.notebooks:
            for cell in notebook.cells:
                found.setdefault((notebook.name, cell.id), cell.max_points)
    names = list(dict.fromkeys(notebook for notebook, _ in found))
    return {key: most for name in names for key, most in found.items() if key[0] == name}


def _points(points: float | None) -> str:
    return "" if points is None else f"{round(points, 4):g}"


def _plain(text: str) -> str:
    # A spreadsheet would run a cell that begins like a formula.
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _replace(path: Path, parts: Iterable[str]) -> None:
    # Written beside and moved, so that nobody ever reads half a table.
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    with new.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(parts)
    os.replace(new, path)


def _graded(record: dict) -> Graded:
    notebooks = tuple(notebook_from_record(notebook) for notebook in record["notebooks"])
    return Graded(record["student"], record["assignment"], notebooks)


def _graded_cell(record: dict) -> GradedCell:
    return GradedCell(**{**record, "flags": tuple(record.get("flags", ()))})
