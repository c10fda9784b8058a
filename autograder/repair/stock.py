"""`Repair`: the same repair for nbgrader's own commands, as far as nbformat can read the file.

`nbgrader autograde` and formgrader's button read a file before anything of ours
sees it, so what is no JSON fails there; `autograder grade` repairs the bytes.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.repair.formats import as_notebook
from autograder.repair.run import Unrepairable, restored
from autograder.repair.salvage import salvage


class Repair(NbGraderPreprocessor):
    """Comes first of all, before anything believes what the file says of itself."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        of = resources["nbgrader"]
        path = self._released(of["assignment"], of["notebook"])
        if not path.is_file():
            self.log.warning(
                "%s is not there: notebooks are graded without repair. `autograder release` makes "
                "it",
                path,
            )
            return nb, resources
        notes: list[str] = []
        released = _read(path, path.stat().st_mtime_ns)
        outcome = restored(as_notebook(nb, notes), released, of["notebook"])
        if isinstance(outcome, Unrepairable):
            raise ValueError(outcome.reason)
        for line in (*notes, *outcome.repairs):
            self.log.warning("Repaired: %s", line)
        return outcome.notebook, resources

    def _released(self, assignment: str, notebook: str) -> Path:
        step = self.parent
        while step is not None and not hasattr(step, "coursedir"):
            step = step.parent
        directory = CourseDirectory(config=self.config) if step is None else step.coursedir
        folder = directory.format_path(directory.release_directory, ".", assignment)
        return Path(folder, f"{notebook}.ipynb")


@lru_cache(maxsize=8)
def _read(path: Path, changed: int) -> NotebookNode:
    return salvage(path.read_bytes())
