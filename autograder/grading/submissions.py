"""What lies in `submitted/`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from autograder.course import Course, CourseError
from autograder.submission import Submission


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


def _timestamp(folder: Path) -> datetime | None:
    path = folder / "timestamp.txt"
    text = path.read_text(encoding="utf-8").strip() if path.is_file() else ""
    try:
        return parse_utc(text) if text else None
    except ValueError as error:
        raise CourseError(
            f"{path}: '{text}' is no time. Write it as 2026-01-31 23:59:00 UTC, or remove the file."
        ) from error
