"""nbgrader's Autograde in two halves, with the running in between left to others.

    sanitise (here) → execute (in the sandbox, side by side) → record (here)

Only the process that calls this touches the gradebook. Everything nbgrader does
to a submission is still done by nbgrader, in its order and with the course's
configuration; a notebook that fails costs itself and not the submission.
"""

from __future__ import annotations

import glob
import json
import warnings
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.writers import FilesWriter
from nbformat import NotebookNode
from nbformat.v4.rwbase import strip_transient
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute
from nbgrader.utils import remove
from sqlalchemy.exc import OperationalError, SAWarning

from autograder.course import Course, CourseError
from autograder.repair import Unrepairable, repair, salvage
from autograder.repair.stock import Repair
from autograder.scripts import cleared, scripts, to_complete
from autograder.submission import Submission


class NotebookError(Exception):
    """A notebook nbgrader cannot read; the message is for its student."""


@dataclass(frozen=True)
class Sanitised:
    """A notebook that is ready to run, its file in `autograded/`, and what was repaired in it."""

    path: Path
    notebook: NotebookNode
    repairs: tuple[str, ...]


class InPlace:
    """For an exporter whose notebooks nobody else holds: no copies, and one validation at the end.

    nbconvert copies a notebook once more before its steps, checks it after each of them, and
    writes it in lines for people, which takes as long as all the steps.
    """

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any = None, **_: Any
    ) -> tuple[NotebookNode, Any]:
        resources = self._init_resources(resources)
        for step in self._preprocessors:
            nb, resources = step(nb, resources)
        nbformat.validate(nb, relax_add_props=True)
        return strip_transient(nb), resources


class Converter(Autograde):
    """nbgrader's Autograde for one assignment, a notebook and a half at a time."""

    def __init__(self, course: Course, assignment: str) -> None:
        super().__init__(coursedir=course.directory(assignment), config=course.config)
        self.force = True
        self.assignment = assignment
        self.writer = FilesWriter(parent=self, config=self.config)
        exporter = type("InPlace", (InPlace, self.exporter_class), {})
        self.exporter = exporter(parent=self, config=self.config)
        self._steps: dict[bool, list] = {}  # by whether they are those of the first half
        self._keep_theirs()
        self._released: dict[str, NotebookNode] = {}

    # --- first half ------------------------------------------------------

    def open(self, submission: Submission, keep: Collection[str] = ()) -> list[Path]:
        """Enter a submission in the gradebook; returns the notebooks to sanitise.

        What was autograded before is removed, but for the notebooks to `keep`.
        Notebooks that the assignment does not have are left out, as nbgrader does.
        """
        self.notebooks = sorted(str(p) for p in submission.notebooks if not p.is_symlink())
        self._leave_links_out(submission.student)
        try:
            if keep:
                self._remove_all_but(keep, submission.student)
            else:
                self.init_destination(self.assignment, submission.student)
            with warnings.catch_warnings():
                # nbgrader adds a submission in an order that SQLAlchemy only mentions.
                warnings.simplefilter("ignore", SAWarning)
                self.init_assignment(self.assignment, submission.student)
            self._restore_scripts(submission.student)
        except NbGraderException as error:
            if "No notebooks found" not in str(error):
                raise CourseError(_advice(self.assignment, error)) from error
            return []
        except OperationalError as error:
            raise CourseError(_database_advice(error)) from error
        return [Path(path) for path in self.notebooks if Path(path).stem not in keep]

    def _leave_links_out(self, student: str) -> None:
        # nbgrader copies what a link leads to, which the student's code could then read.
        source = Path(self._format_source(self.assignment, student))
        links = [path for path in source.rglob("*") if path.is_symlink()]
        for path in links:
            self.log.warning("%s is a link and was left out: it could lead to any file", path)
        ignored = CourseDirectory(config=self.config).ignore
        self.coursedir.ignore = [*ignored, *{glob.escape(path.name) for path in links}]

    def _keep_theirs(self) -> None:
        # nbgrader puts files from source/ over those handed in. Whoever ran the source notebook
        # there would give every student the weights of the solution; and its scripts are the
        # solution, also for a student who handed in none.
        source = self._source()
        ours = [str(p.relative_to(source)) for p in source.glob("artifacts/**/*") if p.is_file()]
        ours += scripts(source)
        excluded = self.exclude_overwriting.get(self.assignment, [])
        self.exclude_overwriting = {self.assignment: [*excluded, *ours]}

    def _restore_scripts(self, student: str) -> None:
        """Put the given scripts in the place of those handed in, as they were released."""
        source, place = self._source(), Path(self._format_dest(self.assignment, student))
        theirs = set(to_complete(source))
        for name in scripts(source):
            if name not in theirs:
                path = place / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.unlink(missing_ok=True)  # an earlier grading left it read-only
                text = (source / name).read_text("utf-8")
                path.write_text(cleared(name, text, self.config), encoding="utf-8")

    def _source(self) -> Path:
        directory = self.coursedir.source_directory
        return Path(self.coursedir.format_path(directory, ".", self.assignment))

    def _remove_all_but(self, keep: Collection[str], student: str) -> None:
        for path in Path(self._format_dest(self.assignment, student)).glob("*.ipynb"):
            if path.stem not in keep:
                remove(str(path))

    def sanitise(self, notebook: Path) -> Sanitised:
        """Repair a notebook, put back what students must not change, and write it where it is run.

        Raises NotebookError with a reason if the file cannot be made a notebook of ours.
        """
        repaired = repair(notebook.read_bytes(), self.released(notebook.name), notebook.stem)
        if isinstance(repaired, Unrepairable):
            raise NotebookError(repaired.reason)
        sanitised = self._convert(notebook, repaired.notebook, sanitising=True)
        place = Path(self.writer.build_directory, notebook.name)
        return Sanitised(place, sanitised, repaired.repairs)

    def released(self, name: str) -> NotebookNode:
        """The released notebook of this file name, read once. CourseError if it is not there."""
        if name not in self._released:
            folder = self.coursedir.format_path(
                self.coursedir.release_directory, ".", self.assignment
            )
            path = Path(folder, name)
            if not path.is_file():
                raise CourseError(
                    f"{path}: not there, and submissions are held against it. "
                    f"Run `autograder release {self.assignment}`."
                )
            self._released[name] = salvage(path.read_bytes())
        return self._released[name]

    # --- second half -----------------------------------------------------

    def record(self, notebook: Path, executed: bytes) -> NotebookNode:
        """Enter the grades of an executed notebook; `notebook` is in `autograded/`.

        Returns the notebook as it is there now.
        """
        try:
            read = nbformat.v4.reads(executed.decode())
        except (ValueError, RecursionError) as error:  # a kernel may send what is nested as deeply
            raise NotebookError(_explain(error)) from error
        return self._convert(notebook, read, sanitising=False)

    def _convert(self, path: Path, notebook: NotebookNode, *, sanitising: bool) -> NotebookNode:
        """What nbgrader does with one notebook of a submission, in one of the two halves."""
        self._sanitizing = sanitising
        self._init_preprocessors()
        try:
            resources = self.init_single_notebook_resources(str(path))
            notebook, resources = self.exporter.from_notebook_node(notebook, resources)
            output = json.dumps(notebook, ensure_ascii=False, sort_keys=True)
            self.write_single_notebook(f"{output}\n", resources)
        except OperationalError as error:
            raise CourseError(_database_advice(error)) from error
        except Exception as error:  # a student's file may break any of the steps
            what = "read" if sanitising else "graded"
            self.log.info("%s could not be %s", path, what, exc_info=True)
            raise NotebookError(_explain(error)) from error
        finally:
            self._sanitizing = True  # or the next submission would be looked for among the graded
        return notebook

    def give_nothing(self, student: str, notebook: str, cells: set[str] | None = None) -> None:
        """No automatic points for `cells` (default: all) of a notebook.

        A cell that was never graded would otherwise keep what an earlier
        submission earned. What a person has entered stays.
        """
        with self._gradebook() as gradebook:
            submission = gradebook.find_submission_notebook(notebook, self.assignment, student)
            for grade in submission.grades:
                if cells is None or grade.name in cells:
                    grade.auto_score = 0.0
                    grade.needs_manual_grade = grade.manual_score is not None
            gradebook.db.commit()

    def leave_open(self, student: str, notebook: str, cells: set[str]) -> None:
        """No automatic points for `cells`, not even 0: whoever grades them again decides."""
        with self._gradebook() as gradebook:
            submission = gradebook.find_submission_notebook(notebook, self.assignment, student)
            for grade in submission.grades:
                if grade.name in cells:
                    grade.auto_score = None
                    grade.needs_manual_grade = True
            gradebook.db.commit()

    def close(self, student: str) -> None:
        """A submission is through: give its files their permissions."""
        self.set_permissions(self.assignment, student)

    def _gradebook(self) -> Gradebook:
        return Gradebook(self.coursedir.db_url, self.coursedir.course_id)

    def _init_preprocessors(self) -> None:
        # A step keeps nothing of a notebook, so each is made once a run. Repairing is done when
        # sanitising begins, and executing when grading does: elsewhere.
        if self._sanitizing not in self._steps:
            super()._init_preprocessors()
            self._steps[self._sanitizing] = [
                step
                for step in self.exporter._preprocessors
                if not isinstance(step, Repair | Execute)
            ]
        self.exporter._preprocessors = self._steps[self._sanitizing]


def _explain(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return f"The notebook could not be read ({type(error).__name__}: {text[:300]})."


def _advice(assignment: str, error: Any) -> str:
    text = str(error)
    if "No assignment with ID" in text:
        return (
            f"The gradebook does not know '{assignment}'. Run `autograder release {assignment}` "
            "first: that enters it."
        )
    return text


def _database_advice(error: Exception) -> str:
    return (
        f"The gradebook cannot be used: {error}. If nbgrader was upgraded, back the gradebook "
        "up and run `nbgrader db upgrade`."
    )
