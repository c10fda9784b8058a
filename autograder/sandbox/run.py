"""One notebook in, the same notebook executed out.

`run_notebook` is what a worker does, on this machine or another: it knows
nothing of the gradebook or of the course's folders.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode
from traitlets import TraitError
from traitlets.config import Config

from autograder.course import Course, CourseError
from autograder.judge.seeds import course_secret, submission_key
from autograder.sandbox.execute import ExecuteAll
from autograder.sandbox.folder import filled_folder


@dataclass(frozen=True)
class Task:
    """A sanitised notebook with everything a run of it needs."""

    notebook: bytes
    files: tuple[tuple[str, bytes], ...] = ()  # paths relative to the notebook's folder
    settings: tuple[tuple[str, dict], ...] = ()  # configuration sections for Execute
    judge_key: bytes | None = None  # of the submission: what its checks make their inputs from
    name: str = ""  # "assignment/notebook": which of the deadlines are its own


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
    # Its form was checked when it was sanitised.
    notebook = nbformat.v4.reads(task.notebook.decode("utf-8"))
    with filled_folder(task.files) as folder:
        execute = ExecuteAll(config=Config(dict(task.settings)))
        execute.judge_key = task.judge_key
        execute.name = task.name
        notebook, _ = execute.preprocess(notebook, {"metadata": {"path": folder}})
    return Executed(_packed(notebook), time.monotonic() - started, execute.jail.lines())


def _packed(notebook: NotebookNode) -> bytes:
    """For another process, which checks the form. Half a character is not UTF-8."""
    return json.dumps(notebook, ensure_ascii=False).encode("utf-8", "replace")


def make_task(
    course: Course, name: str, notebook: NotebookNode, files: Iterable[tuple[str, bytes]] = ()
) -> Task:
    """The task of running a sanitised notebook of `course`: its limits, and the key of its work.

    `name` is "assignment/notebook". The course's secret stays here; a key tells nothing of
    another submission.
    """
    files = tuple(files)
    key = submission_key(course_secret(course.root), notebook, files)
    return Task(_packed(notebook), files, settings(course.config), key, name)


def deadlines(config: Config) -> dict[str, float]:
    """`c.ExecuteAll.deadlines`. CourseError for settings that are of the wrong kind."""
    try:
        return ExecuteAll(config=config).deadlines
    except TraitError as error:
        raise CourseError(
            f"nbgrader_config.py: {error} (c.ExecuteAll.deadlines takes names and seconds, as in "
            '{"02-mlp/train": 1800}.)'
        ) from error


def preloads(config: Config, notebooks: Iterable[NotebookNode]) -> set[tuple[str, ...]]:
    """What zygotes have to import for these notebooks, where the one for all is not enough."""
    execute = ExecuteAll(config=config)
    return {modules for one in notebooks if (modules := execute.preload(one))}


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
