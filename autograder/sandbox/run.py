"""One notebook in, the same notebook executed out.

`run_notebook` is what a worker does, on this machine or another: it knows
nothing of the gradebook or of the course's folders.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from traitlets.config import Config

from autograder.course import Course
from autograder.judge.seeds import course_secret, submission_key
from autograder.sandbox.execute import ExecuteAll


@dataclass(frozen=True)
class Task:
    """A sanitised notebook with everything a run of it needs."""

    notebook: bytes
    files: tuple[tuple[str, bytes], ...] = ()  # paths relative to the notebook's folder
    settings: tuple[tuple[str, dict], ...] = ()  # configuration sections for Execute
    judge_key: bytes | None = None  # of the submission: what its checks make their inputs from


@dataclass(frozen=True)
class Executed:
    """The notebook after its run, how long that took, and what isolated it, in words."""

    notebook: bytes
    seconds: float
    isolation: tuple[str, ...] = ()


def run_notebook(task: Task) -> Executed:
    """Execute a notebook in a folder of its own, which is gone afterwards.

    Raises whatever keeps the kernel from starting. What a student's cells do
    is written into the notebook instead.
    """
    started = time.monotonic()
    notebook = nbformat.reads(task.notebook.decode("utf-8"), as_version=4)
    with tempfile.TemporaryDirectory(prefix="chainrule-", ignore_cleanup_errors=True) as folder:
        for name, data in task.files:
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        execute = ExecuteAll(config=Config(dict(task.settings)))
        execute.judge_key = task.judge_key
        notebook, _ = execute.preprocess(notebook, {"metadata": {"path": folder}})
    data = nbformat.writes(notebook).encode("utf-8")
    return Executed(data, time.monotonic() - started, execute.jail.lines())


def make_task(course: Course, notebook: bytes, files: Iterable[tuple[str, bytes]] = ()) -> Task:
    """The task of running a sanitised notebook of `course`: its limits, and the key of its work.

    The course's secret stays here; a key tells nothing of another submission.
    """
    files = tuple(files)
    cells = nbformat.reads(notebook.decode("utf-8"), as_version=4)
    key = submission_key(course_secret(course.root), cells, files)
    return Task(notebook, files, settings(course.config), key)


def settings(config: Config) -> tuple[tuple[str, dict], ...]:
    """The configuration sections that reach Execute, as plain picklable dictionaries."""
    sections = (
        "NotebookClient",
        "ExecutePreprocessor",
        "NbGraderPreprocessor",
        "Execute",
        "ExecuteAll",
        "Sandbox",
    )
    return tuple((name, dict(config[name])) for name in sections if name in config)
