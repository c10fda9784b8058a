"""Scripts of an assignment: `.py` files beside its notebooks, some of them to be completed.

A script in `source/` with a solution in it is its students' to complete. Its
regions are marked as in notebooks, each with the question it answers:

    ### BEGIN SOLUTION conv_block
    ...
    ### END SOLUTION

Every other script is given: what a student hands in under its name is not used.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.preprocessors import (
    ClearHiddenTests,
    ClearMarkScheme,
    ClearSolutions,
    NbGraderPreprocessor,
)
from traitlets.config import Config

from autograder.course import CourseError
from autograder.regions import SOLUTION, lines

MOST_BYTES = 256 * 2**10
"""Of one script that is handed in. A long one has 50 kB."""

_SKIPPED = ("artifacts", "__pycache__", ".ipynb_checkpoints")


class ScriptError(CourseError):
    """A script in `source/` is not in order; the message names it and the line."""


@dataclass(frozen=True)
class Region:
    """A solution in a script: its question, its text without the marks, and where it stands."""

    question: str
    text: str  # as it would stand at the left margin
    indent: str
    first: int  # the line of BEGIN, from 0
    last: int  # the line of END


def scripts(folder: Path) -> list[str]:
    """The scripts in a folder of `source/` or `release/`, as relative paths."""
    found = (path.relative_to(folder) for path in folder.rglob("*.py") if path.is_file())
    return sorted(path.as_posix() for path in found if not set(path.parts) & set(_SKIPPED))


def to_complete(source: Path) -> list[str]:
    """Those in a folder of `source/` that students complete."""
    return [name for name in scripts(source) if _has_solution(_read(source / name))]


def theirs(source: Path) -> dict[str, list[str]]:
    """For `c.Autograde.exclude_overwriting`: by assignment, what no file of ours may replace."""
    folders = sorted(path for path in source.iterdir() if path.is_dir()) if source.is_dir() else []
    found = {folder.name: to_complete(folder) for folder in folders}
    return {assignment: names for assignment, names in found.items() if names}


def cleared(name: str, text: str, config: Config) -> str:
    """A script as students get it, by the rules and with the stub that notebooks have.

    ScriptError for a region that does not end.
    """
    cell = new_code_cell(text)
    try:
        ClearSolutions(config=config)._replace_solution_region(cell, "python")
        ClearHiddenTests(config=config)._remove_hidden_test_region(cell)
        ClearMarkScheme(config=config)._remove_mark_scheme_region(cell)
    except RuntimeError as error:
        raise ScriptError(f"{name}: {' '.join(str(error).split())}") from error
    return cell.source


def clear(folder: Path, config: Config) -> None:
    """Take everything that is for instructors only out of the scripts in a released folder."""
    for name in scripts(folder):
        path = folder / name
        text = _read(path)
        student = cleared(name, text, config)
        if student != text:
            path.write_text(student, encoding="utf-8")


class ClearScripts(NbGraderPreprocessor):
    """`clear` as a step of `nbgrader generate_assignment`, whose copies lie in `release/` by then.

    It comes once for each notebook, and finds nothing left the second time.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        converter = self.parent.parent  # of the exporter that it belongs to
        about = resources["nbgrader"]
        clear(Path(converter._format_dest(about["assignment"], about["student"])), self.config)
        return nb, resources


def regions(name: str, text: str) -> Iterator[Region]:
    """The solutions in a script, in order. ScriptError for one that names no question."""
    rows = list(lines(text))
    first: int | None = None
    for number, row in enumerate(rows):
        if not row.marker or row.kind != SOLUTION:
            continue
        if first is None:
            first = number
            continue
        head = rows[first].text
        question = head.partition("BEGIN SOLUTION")[2].strip()
        if not re.fullmatch(r"\w+", question):
            raise ScriptError(
                f"{name}, line {first + 1}: name the question that this answers, as in "
                "'### BEGIN SOLUTION conv_block'."
            )
        body = "\n".join(row.text for row in rows[first + 1 : number])
        indent = head[: len(head) - len(head.lstrip())]
        yield Region(question, textwrap.dedent(body).strip("\n"), indent, first, number)
        first = None


def filled(name: str, text: str, answers: dict[str, str]) -> str:
    """A script of `source/` with other texts in its solutions, by question."""
    rows = text.split("\n")
    for region in reversed(list(regions(name, text))):
        if region.question in answers:
            written = textwrap.indent(answers[region.question], region.indent).split("\n")
            rows[region.first : region.last + 1] = written
    return "\n".join(rows)


def _has_solution(text: str) -> bool:
    return any(row.kind == SOLUTION for row in lines(text))


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise ScriptError(f"{path} is not UTF-8 text.") from error
