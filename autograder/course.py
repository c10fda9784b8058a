"""A course on disk: the folder with `nbgrader_config.py` in it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from traitlets.config import Config, PyFileConfigLoader

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory

CONFIG = "nbgrader_config.py"


class CourseError(Exception):
    """Something an instructor has to put right; the message says what and how."""


@dataclass(frozen=True)
class Course:
    """Where a course is and how it is configured."""

    root: Path
    config: Config

    @property
    def id(self) -> str:
        return self.directory().course_id

    @property
    def name(self) -> str:
        """What the course is called on PDFs: `c.Course.name`, else its id."""
        return str(self.config.get("Course", {}).get("name") or self.id)

    @property
    def db_url(self) -> str:
        return self.directory().db_url

    def directory(
        self, assignment: str = "", student: str = "*", release: Path | None = None
    ) -> CourseDirectory:
        """nbgrader's view of the course, looking at one assignment and student.

        `release` puts released notebooks somewhere else than `release/`.
        """
        # nbgrader takes two seconds to import; `--help` need not wait for it.
        from nbgrader.coursedir import CourseDirectory

        directory = CourseDirectory(config=self.config, root=str(self.root))
        directory.assignment_id = assignment
        directory.student_id = student
        if release is not None:
            directory.release_directory = str(release)
        return directory

    def path(self, step: str, assignment: str, student: str = ".") -> Path:
        """Folder of one assignment at one step.

        `step` is `source`, `release`, `submitted`, `autograded` or `feedback`;
        the configuration may call the folder itself something else.
        """
        directory = self.directory()
        folder = getattr(directory, f"{step}_directory")
        return Path(os.path.normpath(directory.format_path(folder, student, assignment)))

    def assignments(self) -> list[str]:
        """Names of the assignments in `source/`, in order."""
        source = self.root / self.directory().source_directory
        if not source.is_dir():
            raise CourseError(f"{source}: no such folder. Assignments are written there.")
        return sorted(p.name for p in source.iterdir() if p.is_dir() and any(p.glob("*.ipynb")))

    def require_assignment(self, assignment: str, step: str = "source") -> list[Path]:
        """Notebooks of `assignment` at `step`; an unknown name is a CourseError."""
        folder = self.path(step, assignment)
        notebooks = sorted(folder.glob("*.ipynb"))
        if notebooks:
            return notebooks
        known = ", ".join(self.assignments()) or "none yet"
        if assignment in known.split(", ") and step == "release":
            raise CourseError(
                f"{folder}: not released yet. Run `autograder release {assignment}` first."
            )
        raise CourseError(f"No assignment '{assignment}' in {folder.parent}. There is: {known}.")


def find_course(start: Path | None = None) -> Course:
    """The course that `start` (default: the working directory) lies in."""
    return load_course(find_root(start))


def find_root(start: Path | None = None) -> Path:
    """The folder of that course: looks for `nbgrader_config.py` in `start` and every one above."""
    start = (start or Path.cwd()).resolve()
    if not start.is_dir():
        raise CourseError(f"{start}: no such folder. --course takes the folder with {CONFIG}.")
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file():
            return folder
    raise CourseError(
        f"No {CONFIG} in {start} or above it. Go into a course's folder, or name one: --course DIR."
    )


def load_course(root: Path) -> Course:
    """Load the course in `root`, and make what nbgrader needs findable."""
    _put_environment_on_path()
    try:
        config = PyFileConfigLoader(CONFIG, path=str(root)).load_config()
    except Exception as error:  # the file is Python: anything may come out of it
        raise CourseError(f"{root / CONFIG}: {type(error).__name__}: {error}") from error
    return Course(root.resolve(), config)


def _put_environment_on_path() -> None:
    # nbgrader starts `alembic` by name, which a venv that was not activated lacks.
    folder = str(Path(sys.executable).parent)
    path = os.environ.get("PATH", "")
    if folder not in path.split(os.pathsep):
        os.environ["PATH"] = folder + os.pathsep + path
