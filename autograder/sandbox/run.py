"""One notebook in, the same notebook executed out.

`run_notebook` is what a worker does, on this machine or another: it knows
nothing of the gradebook or of the course's folders.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
from traitlets.config import Config

from autograder.sandbox.execute import ExecuteAll


@dataclass(frozen=True)
class Task:
    """A sanitised notebook with everything a run of it needs."""

    notebook: bytes
    files: tuple[tuple[str, bytes], ...] = ()  # paths relative to the notebook's folder
    settings: tuple[tuple[str, dict], ...] = ()  # configuration sections for Execute


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
        notebook, _ = execute.preprocess(notebook, {"metadata": {"path": folder}})
    data = nbformat.writes(notebook).encode("utf-8")
    return Executed(data, time.monotonic() - started, execute.jail.lines())


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
