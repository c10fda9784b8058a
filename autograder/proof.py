"""Proves of a released folder that nothing in it is for instructors only.

It trusts none of the steps that made the folder: it reads the source notebooks
and scripts again, takes down every line that is a solution, a hidden test, a marking scheme
or part of a check, and looks for those lines in everything that is released.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.regions import MARKERS, Line, instructor_lines, lines, open_lines, telling
from autograder.scripts import scripts

CHECKS = Path(__file__).with_name("checks")
# So many lines of the checks in one cell are no coincidence any more.
_CHECK_LINES = 4
_GIVEN = re.compile(r"""["']?\w+["']?\s*[:=]\s*[-\d.,\s\[\]()]+""")


@dataclass(frozen=True)
class Leak:
    """One secret that can be read in a released file."""

    file: str
    cell: str
    what: str
    text: str = ""

    def __str__(self) -> str:
        quoted = f": {self.text[:100]}" if self.text else ""
        where = f"{self.file}, cell {self.cell}" if self.cell else self.file
        return f"{where}: {self.what}{quoted}"


@dataclass(frozen=True)
class _Secret:
    """The telling instructor lines of one kind in one source cell, or in one script."""

    notebook: str
    cell: str
    kind: str
    lines: frozenset[str]


def find_leaks(source: Path, released: Path, *, program: bool = False) -> list[Leak]:
    """Secrets of the notebooks in `source` that stand somewhere in `released`.

    A line of a check is none if `released` is a whole `program`: any two share lines such as
    "except ValueError:".
    """
    sources = {path.name: nbformat.read(path, as_version=4) for path in source.glob("*.ipynb")}
    beside = {name: list(lines(_text(source / name))) for name in scripts(source)}
    secrets = [s for name, notebook in sources.items() for s in _secrets(name, notebook)]
    secrets += [s for name, rows in beside.items() for s in _script_secrets(name, rows)]
    in_the_open = {
        telling(line)
        for notebook in sources.values()
        for cell in notebook.cells
        for line in open_lines(cell)
    }
    in_the_open |= {telling(row.text) for rows in beside.values() for row in rows if not row.kind}
    forbidden = {line: s for s in secrets for line in s.lines if line not in in_the_open}
    checks = set() if program else _check_lines()

    leaks: list[Leak] = []
    for path in sorted(p for p in released.rglob("*") if p.is_file()):
        name = path.relative_to(released).as_posix()
        if path.suffix == ".ipynb":
            notebook = nbformat.read(path, as_version=4)
            leaks += _in_notebook(name, notebook, forbidden, checks - in_the_open)
        else:
            leaks += _in_text(name, _text(path), forbidden, checks - in_the_open)
    for name, notebook in sources.items():
        for index, cell in enumerate(notebook.cells):
            shown = {telling(line) for line in open_lines(cell)} - {""}
            leaks += _copied(name, cell_name(cell, index), shown, secrets, checks)
    for name, rows in beside.items():
        shown = {telling(row.text) for row in rows if not row.kind} - {""}
        leaks += _copied(name, "", shown, secrets, checks)
    return leaks


def cell_name(cell: NotebookNode, index: int) -> str:
    """How an instructor finds a cell again: its grade id, else its place from 1."""
    return cell.metadata.get("nbgrader", {}).get("grade_id") or f"{index + 1}"


def _secrets(name: str, notebook: NotebookNode) -> Iterator[_Secret]:
    for index, cell in enumerate(notebook.cells):
        found = instructor_lines(cell)
        for kind in dict.fromkeys(line.kind for line in found):
            texts = {telling(line.text) for line in found if line.kind == kind} - {""}
            if texts:
                yield _Secret(name, cell_name(cell, index), kind or "", frozenset(texts))


def _script_secrets(name: str, rows: list[Line]) -> Iterator[_Secret]:
    """One for each region of a script: a short one is given away by a short copy."""
    found: list[str] = []
    for row in rows:
        if row.kind and not row.marker:
            found.append(telling(row.text))
        elif row.marker:
            texts = frozenset(found) - {""}
            if texts:
                yield _Secret(name, name, row.kind or "", texts)
            found = []


def _in_notebook(
    name: str, notebook: NotebookNode, forbidden: dict[str, _Secret], checks: set[str]
) -> Iterator[Leak]:
    for index, cell in enumerate(notebook.cells):
        where = cell_name(cell, index)
        if cell.get("outputs"):
            yield Leak(name, where, "has outputs, and outputs show solutions")
        parts = {
            "": cell.source,
            "metadata: ": cell.metadata,
            "attachment: ": cell.get("attachments"),
        }
        for part, content in parts.items():
            for leak in _in_text(name, "\n".join(_strings(content)), forbidden, checks):
                yield Leak(name, where, part + leak.what, leak.text)
    yield from _in_text(name, "\n".join(_strings(notebook.metadata)), forbidden, checks)


def _in_text(
    name: str, text: str, forbidden: dict[str, _Secret], checks: set[str]
) -> Iterator[Leak]:
    for line in text.splitlines():
        marker = next((marker for marker in MARKERS if marker in line), None)
        if marker:
            yield Leak(name, "", f"has the marker '{marker}'", line.strip())
            continue
        said = telling(line)
        if said in forbidden:
            secret = forbidden[said]
            yield Leak(name, "", f"has a line of the {secret.kind} of {secret.cell}", said)
        elif said in checks:
            yield Leak(name, "", "has a line of a check", said)


def _copied(
    name: str, where: str, shown: set[str], secrets: list[_Secret], checks: set[str]
) -> Iterator[Leak]:
    """Leaks of a cell or script that shows half of a secret because somebody wrote it there, too.

    A worked example may share a line with a solution; a copy shares most.
    """
    for secret in secrets:
        if (secret.notebook, secret.cell) == (name, where or name):
            continue  # a stub and its solution may begin alike
        common = shown & secret.lines
        if common and 2 * len(common) >= len(secret.lines):
            what = f"shows {len(common)} of {len(secret.lines)} line(s) of the "
            yield Leak(
                name,
                where,
                f"{what}{secret.kind} of {secret.cell} ({secret.notebook}) in the open",
                min(common),
            )
    if len(shown & checks) >= _CHECK_LINES:
        yield Leak(name, where, "shows the source of a check", min(shown & checks))


def _check_lines() -> set[str]:
    """Telling lines of the checks, without those that only state given numbers.

    A check and its notebook have the numbers of the question in common.
    """
    lines = {
        line
        for path in CHECKS.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if not _GIVEN.fullmatch(line.strip())
    }
    return {telling(line) for line in lines} - {""}


def _strings(content: Any) -> Iterator[str]:
    """Every string in a piece of JSON, keys included, unless it is a picture."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for key, value in content.items():
            yield str(key)
            yield from _strings(value)
    elif isinstance(content, list):
        for value in content:
            yield from _strings(value)


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""  # a picture or the like
    if path.suffix == ".json":
        try:
            return "\n".join(_strings(json.loads(text)))
        except ValueError:
            return text
    return text
