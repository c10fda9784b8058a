"""Grades a class: sanitise → execute side by side → record, one table at the end.

What was graded before and has not changed since is kept; see `gradebook.ledger`.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.course import Course
from autograder.gradebook.converter import Converter, NotebookError, Sanitised
from autograder.gradebook.engine import one_engine
from autograder.gradebook.fingerprint import Fingerprints
from autograder.gradebook.grades import (
    cell_names,
    graded_cells,
    missing_cells,
    notebook_names,
    read_notebook,
    unjudged_cells,
)
from autograder.gradebook.ledger import Ledger
from autograder.gradebook.lock import only_run
from autograder.gradebook.table import write_grades
from autograder.grading.progress import Progress, Spread
from autograder.grading.submissions import find_submissions
from autograder.sandbox import data
from autograder.sandbox.deadlines import check_deadlines
from autograder.sandbox.folder import side_files
from autograder.sandbox.pool import run_all
from autograder.sandbox.run import Executed, Task, deadlines, make_task, preloads
from autograder.sandbox.zygote import Zygote
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


def grade(
    course: Course,
    assignment: str,
    *,
    student: str | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
    line: socket.socket | None = None,
    again: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    on_kept: Callable[[int], None] | None = None,
) -> list[Graded]:
    """Grade the submissions of `assignment`, or that of one student.

    Results of earlier runs are kept where neither the work nor what judges it
    has changed; `again` grades all anew. `on_kept` is told how many notebooks
    were kept. Scores that a person has entered stay. `executor` may be any
    `concurrent.futures.Executor`, with `workers` of its own; the default has
    one process a core, or `workers`, with kernels from the zygote on `line` if
    one was started ahead. Writes `grades/<assignment>.csv` and
    `.json` for the whole class and returns what was asked for. Killed at any
    moment, the next run goes on from there. Raises CourseError for what the
    instructor has to put right, another run in this course among it; a
    student's trouble is in the records.
    """
    course.require_assignment(assignment, "release")
    data.require(course.path("release", assignment))
    with only_run(course), one_engine():
        expected = notebook_names(course, assignment)
        check_deadlines(deadlines(course.config), assignment, cell_names(course, assignment))
        submissions = find_submissions(course, assignment, student)
        run = _Run(course, assignment, expected, on_progress)
        run.plan(submissions, again)
        if on_kept is not None:
            on_kept(run.kept)
        if line is not None:
            for modules in preloads(course.config, run.open_notebooks()):
                Zygote(line).prepare(modules)
        for (who, notebook), result in run_all(run.tasks(), workers, executor, line):
            run.record(who, notebook, result)
        graded = run.graded()
        write_grades(course, assignment, graded)
    return graded


@dataclass(frozen=True)
class _Plan:
    """A submission's way: the key of every notebook, what is kept, and what is through."""

    submission: Submission
    keys: dict[str, str]
    through: dict[str, GradedNotebook]

    @property
    def student(self) -> str:
        return self.submission.student

    @property
    def open(self) -> list[str]:
        """Notebooks that are neither kept nor through."""
        return [name for name in self.keys if name not in self.through]

    @property
    def to_run(self) -> set[str]:
        """Those of them that were handed in."""
        return {path.stem for path in self.submission.notebooks} & set(self.open)


class _Run:
    """One run over a class. Notebooks are opened as workers ask for them, so that what has not
    been reached when a run is killed is as it was."""

    def __init__(
        self,
        course: Course,
        assignment: str,
        expected: list[str],
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        self._course = course
        self._assignment = assignment
        self._expected = expected
        self._on_progress = on_progress
        self._graded_cells = graded_cells(course, assignment)
        self._converter = Converter(course, assignment)
        self._ledger = Ledger(course, assignment)
        self._plans: dict[str, _Plan] = {}
        self._running: dict[tuple[str, str], Sanitised] = {}
        self._total = self._done = 0
        self._shares: list[float] = []
        self.kept = 0

    def plan(self, submissions: list[Submission], again: bool) -> None:
        """Find out what is kept; nothing is touched yet."""
        fingerprints = Fingerprints(self._course, self._assignment)
        for submission in submissions:
            keys = fingerprints.keys(submission)
            plan = _Plan(submission, keys, {})
            for name, key in () if again else keys.items():
                found = self._ledger.find(submission.student, name, key)
                if found is not None:
                    plan.through[name] = found
            handed_in = {path.stem for path in submission.notebooks}
            self.kept += len(handed_in & set(plan.through))
            self._total += len(plan.to_run)
            self._plans[submission.student] = plan

    def open_notebooks(self) -> list[NotebookNode]:
        """The released notebooks that somebody handed in and that are to be graded."""
        names = sorted({name for plan in self._plans.values() for name in plan.to_run})
        return [self._converter.released(f"{name}.ipynb") for name in names]

    def tasks(self) -> Iterator[tuple[tuple[str, str], Task]]:
        """Open one submission after the other; yields the notebooks that can be run."""
        for plan in self._plans.values():
            if not plan.open:
                continue
            for notebook, ready in self._sanitise(plan).items():
                self._running[plan.student, notebook] = ready
                name = f"{self._assignment}/{notebook}"
                task = make_task(self._course, name, ready.notebook, side_files(ready.path))
                yield (plan.student, notebook), task

    def record(self, student: str, notebook: str, result: Executed | Exception) -> None:
        """Enter a notebook's grades, then keep them."""
        graded = self._entered(student, self._running.pop((student, notebook)), result)
        self._through(self._plans[student], graded)

    def graded(self) -> list[Graded]:
        return [
            Graded(
                plan.student,
                self._assignment,
                tuple(plan.through[name] for name in self._expected),
            )
            for plan in self._plans.values()
        ]

    def _sanitise(self, plan: _Plan) -> dict[str, Sanitised]:
        """Enter a submission; returns its notebooks that can be run."""
        todo = plan.open
        for notebook in todo:
            self._ledger.discard(plan.student, notebook)
        ready: dict[str, Sanitised] = {}
        nothing: list[GradedNotebook] = []
        known = {path.stem: path for path in self._converter.open(plan.submission, plan.through)}
        for notebook in todo:
            if notebook not in known:
                nothing.append(self._nothing(plan.student, notebook, MISSING, MISSING_REASON))
                continue
            try:
                ready[notebook] = self._converter.sanitise(known[notebook])
            except NotebookError as error:
                nothing.append(self._nothing(plan.student, notebook, UNREADABLE, str(error)))
        for graded in nothing:
            self._through(plan, graded)
        return ready

    def _through(self, plan: _Plan, graded: GradedNotebook) -> None:
        plan.through[graded.name] = graded
        if not plan.open:
            self._converter.close(plan.student)
        # Last, so that whatever a kill leaves undone is done by the next run.
        self._ledger.keep(plan.student, plan.keys[graded.name], graded)
        if graded.status == MISSING:
            return
        self._done += 1
        automatic = [cell for cell in graded.cells if not cell.manual]
        most = sum(cell.max_points for cell in automatic)
        if most:
            self._shares.append(sum(cell.points or 0.0 for cell in automatic) / most)
        if self._on_progress is not None:
            spread = Spread.of(self._shares)
            self._on_progress(Progress(plan.student, graded.name, self._done, self._total, spread))

    def _entered(
        self, student: str, sanitised: Sanitised, result: Executed | Exception
    ) -> GradedNotebook:
        path, repairs = sanitised.path, sanitised.repairs
        notebook = path.stem
        if isinstance(result, Exception):
            log.error("%s: %s could not be run", student, path, exc_info=result)
            reason = f"It could not be run ({type(result).__name__}: {result}). Grade it again."
            return self._nothing(student, notebook, NOT_GRADED, reason, repairs)
        try:
            executed = self._converter.record(path, result.notebook)
        except NotebookError as error:
            return self._nothing(student, notebook, UNREADABLE, str(error), repairs)
        lost = missing_cells(executed, self._graded_cells[notebook])
        if lost:
            self._converter.give_nothing(student, notebook, lost)
        if unjudged := unjudged_cells(executed):
            self._converter.leave_open(student, notebook, unjudged)
        return read_notebook(
            self._course,
            self._assignment,
            student,
            notebook,
            executed=executed,
            seconds=result.seconds,
            isolation=result.isolation,
            repairs=repairs,
        )

    def _nothing(
        self,
        student: str,
        notebook: str,
        status: str,
        reason: str,
        repairs: tuple[str, ...] = (),
    ) -> GradedNotebook:
        self._converter.give_nothing(student, notebook)
        return read_notebook(
            self._course,
            self._assignment,
            student,
            notebook,
            status=status,
            reason=reason,
            repairs=repairs,
        )
