"""Releases an assignment: nbgrader's own generate step, then proof that nothing leaked.

The student version is made in a folder of its own, proved there, and only then
put in the place of the old one. What is refused never reaches `release/`.
"""

from __future__ import annotations

import copy
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from traitlets.config import Config

from autograder.course import Course, CourseError
from autograder.proof import Leak, find_leaks
from autograder.publication import readme
from autograder.scripts import ScriptError, clear


class ReleaseRefused(CourseError):  # noqa: N818
    """Something secret would have been released; `leaks` says what and where."""

    def __init__(self, assignment: str, leaks: list[Leak]) -> None:
        self.assignment = assignment
        self.leaks = leaks
        super().__init__(
            f"{assignment} is not released: {len(leaks)} secret(s) would be readable.\n"
            + "\n".join(f"  {leak}" for leak in leaks)
            + "\nPut each between its markers (### BEGIN …, ### END …), or take it out, in source/."
        )


@dataclass(frozen=True)
class Released:
    """An assignment that is out."""

    assignment: str
    folder: Path
    notebooks: tuple[str, ...]


def release(course: Course, assignment: str) -> Released:
    """Make `release/<assignment>` from `source/<assignment>`, and enter it in the gradebook.

    `release/README.md` is written anew, with all that is released.

    Raises ReleaseRefused if a solution, a hidden test, a marking scheme or a
    check would be in it, and CourseError if nbgrader cannot generate it. In
    either case `release/` is as it was.
    """
    course.require_assignment(assignment)
    source = course.path("source", assignment)
    with _folder_beside(course) as trial:
        # First without the gradebook, so that a refused version leaves no trace there.
        config = copy.deepcopy(course.config)
        config.SaveCells.enabled = False
        config.GenerateAssignment.no_database = True
        _generate(course, assignment, trial, config)
        _prove(assignment, source, trial / assignment)
    with _folder_beside(course) as proved:
        _generate(course, assignment, proved, course.config)
        _prove(assignment, source, proved / assignment)
        folder = course.path("release", assignment)
        _swap(proved / assignment, folder, proved / "old")
    text = readme.readme(course, folder.parent)
    (folder.parent / readme.NAME).write_text(text, encoding="utf-8")
    notebooks = tuple(sorted(path.stem for path in folder.glob("*.ipynb")))
    return Released(assignment, folder, notebooks)


class _Generate(GenerateAssignment):
    """GenerateAssignment that keeps what went wrong; nbgrader only logs it."""

    reason = ""

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        super().init_assignment(assignment_id, student_id)  # copies what lies beside the notebooks
        try:
            clear(Path(self._format_dest(assignment_id, student_id)), self.config)
        except ScriptError as error:
            self.reason = str(error)
            raise

    def convert_single_notebook(self, notebook_filename: str) -> None:
        try:
            super().convert_single_notebook(notebook_filename)
        except Exception as error:
            self.reason = f"{notebook_filename}: {_explain(error)}"
            raise


def _generate(course: Course, assignment: str, folder: Path, config: Config) -> None:
    directory = course.directory(assignment, release=folder)
    # The weights of a solution that somebody has run where it lies.
    directory.ignore = [*directory.ignore, "artifacts"]
    converter = _Generate(coursedir=directory, config=config)
    converter.force = True
    try:
        converter.start()
    except NbGraderException as error:
        raise CourseError(converter.reason or f"{assignment}: {error}") from error


def _explain(error: Exception) -> str:
    text = " ".join(str(error).split())
    if "Cannot add or remove cells" in text:
        return (
            f"{text}. Graded cells of an assignment stay as they are once somebody has handed "
            "in; undo the change, or start with a new gradebook."
        )
    return f"{type(error).__name__}: {text}"


def _prove(assignment: str, source: Path, folder: Path) -> None:
    leaks = find_leaks(source, folder)
    if leaks:
        raise ReleaseRefused(assignment, leaks)


def _swap(new: Path, place: Path, old: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        os.rename(place, old)
    os.rename(new, place)


@contextmanager
def _folder_beside(course: Course) -> Iterator[Path]:
    # In the course's folder: a rename does not reach across file systems.
    folder = Path(tempfile.mkdtemp(prefix=".release-", dir=course.root))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
