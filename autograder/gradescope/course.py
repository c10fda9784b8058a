"""The course inside the zip: one assignment, released, with a gradebook that knows no student."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat

from autograder.course import CONFIG, Course, CourseError, load_course
from autograder.judge.seeds import SECRET_FILE, course_secret
from autograder.release import release
from autograder.sandbox.preload import preload_of
from autograder.scripts import scripts


def copy_course(course: Course, assignment: str, place: Path) -> Course:
    """Make a course of `assignment` alone in `place`, and release it there.

    It has the secret of the course, so that an answer is asked the same questions here
    and there. CourseError if the assignment is not what was released to students.
    """
    course.require_assignment(assignment)
    released = course.require_assignment(assignment, "release")
    place.mkdir(parents=True, exist_ok=True)
    shutil.copy(course.root / CONFIG, place / CONFIG)
    alone = open_course(place)
    source = alone.path("source", assignment)
    skipped = shutil.ignore_patterns("artifacts", "__pycache__", ".ipynb_checkpoints")
    shutil.copytree(course.path("source", assignment), source, ignore=skipped)
    alone = open_course(place)  # once more: the configuration looks at the scripts in source/
    release(alone, assignment)
    _require_the_same(course, alone, assignment, [path.name for path in released])
    course_secret(course.root)  # made, if there is none yet
    shutil.copy(course.root / SECRET_FILE, place / SECRET_FILE)
    (place / SECRET_FILE).chmod(0o600)
    return alone


def open_course(place: Path) -> Course:
    """The course in `place`, with its gradebook there too, whatever the configuration says."""
    course = load_course(place)
    for setting in ("db_url", "root"):
        course.config.CourseDirectory.pop(setting, None)
    return course


def needs_torch(folder: Path) -> bool:
    """Whether notebooks or scripts in a folder of `release/` name torch."""
    notebooks = (nbformat.read(path, as_version=4) for path in folder.glob("*.ipynb"))
    texts = ((folder / name).read_text("utf-8") for name in scripts(folder))
    return any(preload_of(notebook) for notebook in notebooks) or any("torch" in t for t in texts)


def _require_the_same(theirs: Course, ours: Course, assignment: str, names: list[str]) -> None:
    """CourseError unless students have what `source/` says today: their tests would be others."""
    for name in names:
        given = theirs.path("release", assignment) / name
        made = ours.path("release", assignment) / name
        if not made.is_file() or _cells(given) != _cells(made):
            raise CourseError(
                f"{given} is not what source/ makes today. Students work on the released one, and "
                f"Gradescope would mark them by the other: run `autograder release {assignment}`, "
                "or undo the change in source/."
            )


def _cells(path: Path) -> list[tuple]:
    notebook = nbformat.read(path, as_version=4)
    return [(c.cell_type, c.source, c.metadata.get("nbgrader")) for c in notebook.cells]
