"""Results kept by content, so that a run grades only what changed since the last.

    grades/.kept/<assignment>/<student>/<notebook>.json

A result is written after the gradebook has its scores, in one step: whenever a
run is killed, what is kept is recorded, and what is not kept is graded again.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, replace
from pathlib import Path

from autograder.course import Course
from autograder.gradebook.scores import read_scores
from autograder.gradebook.table import notebook_from_record
from autograder.submission import GRADED, GradedNotebook

log = logging.getLogger(__name__)


def kept_notebooks(course: Course, assignment: str, student: str) -> list[GradedNotebook]:
    """What a run has graded of a student so far, by name; for a run that is about to end."""
    folder = _folder(course, assignment) / student
    return [
        notebook_from_record(json.loads(path.read_text(encoding="utf-8"))["notebook"])
        for path in sorted(folder.glob("*.json"))
    ]


class Ledger:
    """The kept results of one assignment, held against what the gradebook says now."""

    def __init__(self, course: Course, assignment: str) -> None:
        self._course = course
        self._assignment = assignment
        self._folder = _folder(course, assignment)
        self._scores = read_scores(course, assignment)

    def find(self, student: str, notebook: str, key: str) -> GradedNotebook | None:
        """The kept result with this key, with the points that count today.

        None if there is none, or if the gradebook has other points that no
        person entered, or if the graded notebook has gone.
        """
        path = self._folder / student / f"{notebook}.json"
        if not path.is_file():
            return None
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            kept = notebook_from_record(record["notebook"])
        except (ValueError, TypeError, KeyError) as error:
            log.warning("%s is damaged (%s); that notebook is graded again", path, error)
            return None
        now = self._scores.get((student, notebook), {})
        if record["key"] != key or {cell.id for cell in kept.cells} != set(now):
            return None
        if any(now[c.id].points != c.points and not now[c.id].by_hand for c in kept.cells):
            return None
        if kept.status == GRADED and not self._executed(student, notebook).is_file():
            return None
        # A person may have marked something since.
        cells = tuple(replace(cell, points=now[cell.id].points) for cell in kept.cells)
        return replace(kept, cells=cells)

    def keep(self, student: str, key: str, graded: GradedNotebook) -> None:
        """Keep a result whose scores are in the gradebook. Our own failures are not kept."""
        if graded.to_run_again:
            return
        record = {"key": key, "notebook": asdict(graded)}
        path = self._folder / student / f"{graded.name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f".{path.name}.new")
        new.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
        os.replace(new, path)

    def _executed(self, student: str, notebook: str) -> Path:
        return self._course.path("autograded", self._assignment, student) / f"{notebook}.ipynb"

    def discard(self, student: str, notebook: str) -> None:
        """Forget a result, before anything that it stands for is touched."""
        (self._folder / student / f"{notebook}.json").unlink(missing_ok=True)


def _folder(course: Course, assignment: str) -> Path:
    return course.root / "grades" / ".kept" / assignment
