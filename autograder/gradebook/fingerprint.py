"""What a grade depends on, as one key: while the key is the same, so is the grade.

submitted notebook ─┐
files beside it     │
trusted notebook    ├─► key
checks and engine   │
limits, deadlines   │
how late it came   ─┘
"""

from __future__ import annotations

import copy
import hashlib
import json
import os
import re
from collections.abc import Iterable
from datetime import timezone
from importlib.metadata import version
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from traitlets.config import Config
from traitlets.utils.importstring import import_item

import autograder
import chainrule
from autograder.course import Course
from autograder.gradebook.due import due_dates
from autograder.sandbox import data
from autograder.sandbox.deadlines import deadlines_of
from autograder.sandbox.folder import side_files
from autograder.sandbox.run import deadlines, settings
from autograder.submission import Submission
from chainrule.datasets import CHOICE

ENGINE = ("checks", "judge", "repair", "sandbox")
"""Parts of this package that have a say in a grade."""


class Fingerprints:
    """Keys of an assignment's submissions. What all students share is read once."""

    def __init__(self, course: Course, assignment: str) -> None:
        source = course.path("source", assignment)
        shared = _digest(
            (
                code_digest(assignment),
                _settings(_without_deadlines(course.config)),
                version("nbgrader"),
                data.environment().get(CHOICE, ""),
                *_flat(_files(source)),  # nbgrader lays them beside each submission
            )
        )
        table = deadlines(course.config)
        self._trusted = {
            name: _digest(
                (
                    shared,
                    cells,
                    _released(course, assignment, name),
                    repr(deadlines_of(table, f"{assignment}/{name}")),
                )
            )
            for name, cells in _trusted(course, assignment)
        }
        self._due, self._extended = due_dates(course, assignment)

    def keys(self, submission: Submission) -> dict[str, str]:
        """A key for each notebook of the assignment, handed in or not."""
        paths = {path.stem: path for path in submission.notebooks}
        beside: str | None = None
        late = self._late(submission)
        keys = {}
        for name, trusted in self._trusted.items():
            path = paths.get(name)
            if path is None:
                keys[name] = _digest((trusted, "missing"))
                continue
            if beside is None:
                beside = _digest(_flat(side_files(path)))
            keys[name] = _digest((trusted, beside, path.read_bytes(), *late))
        return keys

    def _late(self, submission: Submission) -> tuple[str, ...]:
        """What nbgrader's late penalty goes by; nothing, for work that came in time."""
        due = self._extended.get(submission.student, self._due)
        if due is None or submission.timestamp is None:
            return ()
        seconds = (submission.timestamp.replace(tzinfo=timezone.utc) - due).total_seconds()
        return (f"{seconds} s late",) if seconds > 0 else ()


def code_digest(assignment: str) -> str:
    """Of the code that grades `assignment`; other assignments' checks are left out."""
    own = "a" + re.sub(r"\W", "_", assignment)
    pieces: list[str | bytes] = []
    root = Path(autograder.__path__[0])
    for folder in (*(root / part for part in ENGINE), Path(chainrule.__path__[0])):
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(folder).parts
            # Neither has a say in a grade: one comes after grading, the other before it.
            if folder.name == "chainrule" and parts[0] in ("pdf", "submission"):
                continue
            of_assignment = folder.name == "checks" and re.match(r"a\d\d_", parts[0])
            if not of_assignment or Path(parts[0]).stem == own:
                pieces += [f"{folder.name}/{'/'.join(parts)}", path.read_bytes()]
    return _digest(pieces)


def _without_deadlines(config: Config) -> Config:
    # A notebook's own deadlines concern no other notebook.
    config = copy.deepcopy(config)
    config.ExecuteAll.pop("deadlines", None)
    return config


def _settings(config: Config) -> str:
    """Limits of a run, and the configuration of every step before and after it."""
    steps = Autograde(config=config)
    sections = {"Autograde": dict(config.get("Autograde", {}))}
    for step in (*steps.sanitize_preprocessors, *steps.autograde_preprocessors):
        step = import_item(step) if isinstance(step, str) else step
        for base in getattr(step, "__mro__", ()):
            if base.__name__ in config:
                sections[base.__name__] = dict(config[base.__name__])
    return json.dumps([settings(config), sections], sort_keys=True, default=repr)


def _trusted(course: Course, assignment: str) -> list[tuple[str, str]]:
    """The released notebooks as the gradebook knows them, hidden tests included.

    That, and not the file in source/, is what a submission's cells are replaced by.
    """
    found = []
    with Gradebook(course.db_url, course.id) as gradebook:
        entry = gradebook.find_assignment(assignment)
        for notebook in entry.notebooks:
            cells = [
                (cell.name, str(cell.cell_type), cell.source, cell.locked, cell.checksum)
                for cell in notebook.source_cells
            ]
            points = [
                (cell.name, str(cell.cell_type), cell.max_score)
                for cell in (*notebook.grade_cells, *notebook.task_cells)
            ]
            manual = sorted(cell.name for cell in notebook.solution_cells)
            record = (sorted(cells), sorted(points), manual, notebook.kernelspec, entry.duedate)
            found.append((notebook.name, json.dumps(record, default=str)))
    return sorted(found)


def _released(course: Course, assignment: str, name: str) -> bytes:
    """The notebook that submissions are repaired by."""
    path = course.path("release", assignment) / f"{name}.ipynb"
    return path.read_bytes() if path.is_file() else b""


def _files(folder: Path) -> Iterable[tuple[str, bytes]]:
    for directory, _, names in os.walk(folder):
        for name in names:
            path = Path(directory, name)
            if path.suffix != ".ipynb" and path.is_file():
                yield path.relative_to(folder).as_posix(), path.read_bytes()


def _flat(files: Iterable[tuple[str, bytes]]) -> list[str | bytes]:
    return [piece for file in sorted(files) for piece in file]


def _digest(pieces: Iterable[str | bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        data = piece.encode() if isinstance(piece, str) else piece
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()
