"""What `run_autograder` starts in Gradescope's container: one submission in, results.json out.

    python -m autograder.gradescope.run --until UNIX-TIME

Whatever goes wrong becomes a result that says so to the student. What is
printed is for the instructor: Gradescope shows it to nobody else.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import threading
import time
import traceback
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from autograder.course import Course, CourseError
from autograder.gradebook.ledger import kept_notebooks
from autograder.gradescope.course import open_course
from autograder.gradescope.hand_in import hand_in
from autograder.gradescope.questions import read_questions
from autograder.gradescope.results import (
    OUT_OF_TIME,
    Outcome,
    not_graded,
    to_results,
    write_results,
)
from autograder.gradescope.settings import read_settings
from autograder.grading.run import grade
from autograder.sandbox.execute import ExecuteAll
from autograder.submission import Graded

ROOT = "AUTOGRADER_ROOT"
"""The variable that names Gradescope's folder; `/autograder` without it."""

STUDENT = "submission"
"""Who it is by is Gradescope's to know."""

NOT_HERE = (
    "Your submission was received and is kept, but it could not be graded, for a reason that is "
    "not yours. This 0 is no mark of it. Tell your instructor, who finds the reason in the "
    "autograder's output and can run it again."
)


class Here(Executor):
    """Runs tasks at once, in this process: a container has no memory for a second one."""

    def submit(self, function: Any, /, *arguments: Any, **named: Any) -> Future:
        future: Future = Future()
        try:
            future.set_result(function(*arguments, **named))
        except Exception as error:  # whatever it raised is the task's result, as in any executor
            future.set_exception(error)
        return future


@dataclass
class Run:
    """One submission's way through the container. `root` is Gradescope's folder."""

    root: Path
    submission: Path
    most_seconds: float | None = None
    started: float = field(default_factory=time.monotonic)
    course: Course | None = None
    assignment: str = ""
    notes: tuple[str, ...] = ()
    _writing: threading.Lock = field(default_factory=threading.Lock)
    _written: bool = False

    def grade(self, folder: Path) -> dict[str, Any]:
        """Grade what was submitted, in a copy of the course in `folder`; returns the results."""
        # One level down: a copy takes over the mode of what it is of, and this folder is closed.
        place = shutil.copytree(self.root / "source" / "course", folder / "course")
        self.course = course = open_course(place)
        (self.assignment,) = course.assignments()
        # All that a student's code must neither read nor write.
        closed = (self.root / "source", self.root / "results", folder)
        course.config.Sandbox.closed = [str(place) for place in closed]
        self._set_limits(len(course.require_assignment(self.assignment, "release")))
        self.notes = hand_in(course, self.assignment, STUDENT, self.submission)
        graded = self._graded()
        if any(notebook.to_run_again for notebook in graded.notebooks):
            graded = self._graded()  # only what failed for a reason of ours
        self._say(graded)
        return self._results(graded)

    def in_time(self) -> dict[str, Any]:
        """The results as far as they are now, when there is no more time."""
        if self.course is None or not self.assignment:
            return not_graded(OUT_OF_TIME, self.seconds)
        kept = kept_notebooks(self.course, self.assignment, STUDENT)
        print("The time is over. Graded:", ", ".join(n.name for n in kept) or "nothing")
        return self._results(Graded(STUDENT, self.assignment, tuple(kept)))

    def write(self, results: dict[str, Any]) -> None:
        """Write results.json; the first to come has the say."""
        with self._writing:
            if not self._written:
                write_results(self.root / "results" / "results.json", results)
                self._written = True

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def _set_limits(self, notebooks: int) -> None:
        """The course's limits on a slower machine, where no notebook uses up what is the others'.

        A notebook with a deadline of its own is left that.
        """
        config = self.course.config
        usual, slowdown = ExecuteAll(config=config), read_settings(config).slowdown
        whole = usual.notebook_timeout * slowdown
        if self.most_seconds is not None:
            whole = min(whole, max(1.0, self.most_seconds / notebooks))
        config.ExecuteAll.notebook_timeout = int(whole)
        config.ExecuteAll.deadlines = {
            name: seconds * slowdown for name, seconds in usual.deadlines.items()
        }
        if usual.timeout:
            config.Execute.timeout = int(usual.timeout * slowdown)

    def _graded(self) -> Graded:
        (graded,) = grade(self.course, self.assignment, workers=1, executor=Here())
        return graded

    def _results(self, graded: Graded) -> dict[str, Any]:
        autograded = self.course.path("autograded", self.assignment, STUDENT)
        executed = {}
        for notebook in graded.notebooks:
            path = autograded / f"{notebook.name}.ipynb"
            if path.is_file():
                executed[notebook.name] = nbformat.read(path, as_version=4)
        return to_results(
            Outcome(graded.notebooks, executed, self.notes, self.seconds),
            read_questions(self.course.path("release", self.assignment)),
            read_settings(self.course.config),
        )

    def _say(self, graded: Graded) -> None:
        """What an instructor should know: flags, trouble, and the walls that stood."""
        for line in (*self.notes, *graded.trouble):
            print("".join(c if c.isprintable() else " " for c in line))
        for walls in dict.fromkeys(notebook.isolation for notebook in graded.notebooks):
            print("; ".join(walls))
        for notebook in graded.notebooks:
            print(f"{notebook.name}: {notebook.seconds:.1f} s")


def main(words: list[str] | None = None) -> None:
    """Grade the submission that Gradescope has put there, and write results.json."""
    parser = argparse.ArgumentParser(prog="python -m autograder.gradescope.run")
    parser.add_argument("--until", type=float, help="when there is a result in any case")
    parser.add_argument("--trial", action="store_true", help="grade the notebooks as released")
    arguments = parser.parse_args(words)
    root = Path(os.environ.get(ROOT, "/autograder"))
    run = Run(root, root / "submission")
    if arguments.until is not None:
        run.most_seconds = max(0.0, arguments.until - time.time())
        _watch(run, run.most_seconds)
    with tempfile.TemporaryDirectory(prefix="chainrule-course-") as folder:
        if arguments.trial:
            run.submission = next((root / "source" / "course" / "release").iterdir())
        try:
            results = run.grade(Path(folder))
        except CourseError as error:
            print(f"Not graded: {error}")
            results = not_graded(NOT_HERE, run.seconds)
        except Exception:  # whatever it is, the student gets an answer
            traceback.print_exc()
            results = not_graded(NOT_HERE, run.seconds)
        if arguments.trial:
            print(f"Trial: {len(results['tests'])} questions, {run.seconds:.0f} s.")
            return
        run.write(results)


def _watch(run: Run, seconds: float) -> None:
    """Write what there is when the time is over, and end; kernels and judges follow."""

    def end() -> None:
        try:
            try:
                results = run.in_time()
            except Exception:  # the run is in the middle of something; the student gets an answer
                traceback.print_exc()
                results = not_graded(OUT_OF_TIME, run.seconds)
            run.write(results)
        finally:
            os._exit(0)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()


if __name__ == "__main__":
    main()
