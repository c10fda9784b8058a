"""Where one of nbgrader's own commands runs a notebook, formgrader's button among them.

They make no task, so what a task would say has to be found out. And they would
run a notebook in autograded/, beside the student's others with all their tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.judge.seeds import course_secret, submission_key
from autograder.sandbox.folder import filled_folder, side_files


@dataclass(frozen=True)
class StockRun:
    """What a task would say: the key of the work, "assignment/notebook", and where it runs."""

    judge_key: bytes
    name: str
    resources: dict


@contextmanager
def stock_run(step: Any, notebook: NotebookNode, resources: dict) -> Iterator[StockRun]:
    """A run of `notebook` by `step` in a folder of its own, which is gone afterwards."""
    metadata, of = resources["metadata"], resources["nbgrader"]
    files = side_files(Path(metadata["path"], "any.ipynb"))
    key = submission_key(course_secret(_course_root(step)), notebook, files)
    with filled_folder(files) as folder:
        own = {**resources, "metadata": {**metadata, "path": folder}}
        yield StockRun(key, f"{of['assignment']}/{of['notebook']}", own)


def _course_root(step: Any) -> Path:
    """The course whose command this is: formgrader may have been started in a folder above it."""
    while step is not None:
        if hasattr(step, "coursedir"):
            return Path(step.coursedir.root)
        step = step.parent
    return Path.cwd()
