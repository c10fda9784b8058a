"""The questions of a released assignment as Gradescope lists them: a number, a name, points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
# The headings of questions end in "[2 points]", which Gradescope shows by itself.
_POINTS = re.compile(r"\s*\[[\d.]+ points?\]$")


@dataclass(frozen=True)
class Question:
    """One cell that carries points. `manual`: a person marks it."""

    notebook: str
    id: str
    number: str
    name: str
    points: float
    manual: bool


def read_questions(folder: Path) -> list[Question]:
    """The questions of the notebooks in a folder of `release/`, in order."""
    notebooks = {
        path.stem: nbformat.read(path, as_version=4) for path in sorted(folder.glob("*.ipynb"))
    }
    found = []
    for place, (name, notebook) in enumerate(notebooks.items(), 1):
        prefix, before = (f"{place}.", f"{name}: ") if len(notebooks) > 1 else ("", "")
        for number, question in enumerate(_questions(notebook), 1):
            grade_id, title, points, manual = question
            found.append(
                Question(name, grade_id, f"{prefix}{number}", before + title, points, manual)
            )
    return found


def _questions(notebook: NotebookNode) -> Iterator[tuple[str, str, float, bool]]:
    titles = {
        str(cell.metadata.get("chainrule", {}).get("question")): _title(cell.source)
        for cell in notebook.cells
        if cell.cell_type == "markdown"
    }
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("grade") or marks.get("task"):
            name = marks["grade_id"]
            # nbgrader's rule: what has a place to write in is marked by a person.
            manual = bool(marks.get("solution") or marks.get("task"))
            yield name, titles.get(name) or name, float(marks.get("points", 0)), manual


def _title(source: str) -> str:
    heading = _HEADING.search(source)
    return _POINTS.sub("", heading[1]) if heading else ""
