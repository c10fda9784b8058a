"""Grades a class: sanitise → execute side by side → record, one table at the end."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import nbformat
from nbgrader.utils import parse_utc

from autograder.course import Course, CourseError
from autograder.gradebook.converter import Converter, NotebookError, side_files
from autograder.gradebook.grades import (
    graded_cells,
    missing_cells,
    notebook_names,
    read_notebook,
)
from autograder.gradebook.table import write_grades
from autograder.sandbox.pool import run_all
from autograder.sandbox.run import Executed, Task, settings
from autograder.submission import (
    MISSING,
    NOT_GRADED,
    UNREADABLE,
    Graded,
    GradedNotebook,
    Submission,
)

log = logging.getLogger(__name__)

MISSING_REASON = "No notebook of this name was found in what you handed in."


@dataclass(frozen=True)
class Progress:
    """How far a run is: said after every notebook that needed a kernel."""

    student: str
    notebook: str
    done: int
    total: int


@dataclass
class _Pending:
    """A submission on its way: notebooks still running, and those already through."""

    student: str
    running: set[str] = field(default_factory=set)
    through: dict[str, GradedNotebook] = field(default_factory=dict)


def find_submissions(
    course: Course, assignment: str, student: str | None = None
) -> list[Submission]:
    """What lies in `submitted/` for an assignment, by student.

    A folder without notebooks counts: that student handed in something.
    """
    directory = course.directory()
    submitted = course.root / directory.submitted_directory
    excluded = directory.student_id_exclude.split(",")
    found = []
    for folder in sorted(submitted.iterdir()) if submitted.is_dir() else []:
        work = course.path("submitted", assignment, folder.name)
        if work.is_dir() and student in (None, folder.name) and folder.name not in excluded:
            notebooks = tuple(sorted(work.glob("*.ipynb")))
            found.append(Submission(folder.name, assignment, notebooks, _timestamp(work)))
    if not found:
        who = f" by '{student}'" if student else ""
        raise CourseError(
            f"No submission{who} for '{assignment}' in {submitted}. "
            f"Run `autograder collect {assignment} PATH` first."
        )
    return found


def grade(
    course: Course,
    assignment: str,
    *,
    student: str | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> list[Graded]:
    """Grade every submission of `assignment` anew, or that of one student.

    Scores that a person has entered stay. `executor` may be any
    `concurrent.futures.Executor`; the default has one process a core, or
    `workers`. Writes `grades/<assignment>.csv` and `.json` for the whole class
    and returns what was graded now. Raises CourseError for what the instructor
    has to put right; a student's trouble is in the records.
    """
    course.require_assignment(assignment, "release")
    expected = notebook_names(course, assignment)
    submissions = find_submissions(course, assignment, student)
    converter = Converter(course, assignment)

    pending: list[_Pending] = []
    paths: dict[tuple[str, str], Path] = {}
    tasks: dict[tuple[str, str], Task] = {}
    for submission in submissions:
        state, ready = _sanitise(course, converter, submission, expected)
        pending.append(state)
        for notebook, path in ready.items():
            key = (submission.student, notebook)
            paths[key] = path
            tasks[key] = Task(path.read_bytes(), side_files(path), settings(course.config))

    by_student = {state.student: state for state in pending}
    for done, ((who, notebook), result) in enumerate(run_all(tasks, workers, executor), 1):
        state = by_student[who]
        path = paths[who, notebook]
        state.through[notebook] = _record(course, converter, who, path, result)
        state.running.discard(notebook)
        if not state.running:
            converter.close(who)
        if on_progress is not None:
            on_progress(Progress(who, notebook, done, len(tasks)))

    graded = [
        Graded(state.student, assignment, tuple(state.through[name] for name in expected))
        for state in pending
    ]
    write_grades(course, assignment, graded)
    return graded


def _sanitise(
    course: Course, converter: Converter, submission: Submission, expected: list[str]
) -> tuple[_Pending, dict[str, Path]]:
    """Enter a submission; returns its state and the notebooks that can be run."""
    state = _Pending(submission.student)
    ready: dict[str, Path] = {}
    known = {path.stem: path for path in converter.open(submission)}
    for notebook in expected:
        if notebook not in known:
            state.through[notebook] = _nothing(
                course, converter, submission.student, notebook, MISSING, MISSING_REASON
            )
            continue
        try:
            ready[notebook] = converter.sanitise(known[notebook])
        except NotebookError as error:
            state.through[notebook] = _nothing(
                course, converter, submission.student, notebook, UNREADABLE, str(error)
            )
    state.running = set(ready)
    return state, ready


def _record(
    course: Course,
    converter: Converter,
    student: str,
    path: Path,
    result: Executed | Exception,
) -> GradedNotebook:
    notebook, assignment = path.stem, converter.assignment
    if isinstance(result, Exception):
        log.error("%s: %s could not be run", student, path, exc_info=result)
        reason = f"It could not be run ({type(result).__name__}: {result}). Grade it again."
        return _nothing(course, converter, student, notebook, NOT_GRADED, reason)
    try:
        converter.record(student, path, result.notebook)
    except NotebookError as error:
        return _nothing(course, converter, student, notebook, UNREADABLE, str(error))
    executed = nbformat.read(path, as_version=4)
    lost = missing_cells(executed, graded_cells(course, assignment, notebook))
    if lost:
        converter.give_nothing(student, notebook, lost)
    return read_notebook(course, assignment, student, notebook, seconds=result.seconds)


def _nothing(
    course: Course,
    converter: Converter,
    student: str,
    notebook: str,
    status: str,
    reason: str,
) -> GradedNotebook:
    converter.give_nothing(student, notebook)
    return read_notebook(
        course, converter.assignment, student, notebook, status=status, reason=reason
    )


def _timestamp(folder: Path) -> datetime | None:
    path = folder / "timestamp.txt"
    text = path.read_text(encoding="utf-8").strip() if path.is_file() else ""
    try:
        return parse_utc(text) if text else None
    except ValueError as error:
        raise CourseError(
            f"{path}: '{text}' is no time. Write it as 2026-01-31 23:59:00 UTC, or remove the file."
        ) from error
