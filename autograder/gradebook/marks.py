"""`RestoreMarks`: gives a submission's cells back the type and the marks they were released with.

nbgrader knows its cells by marks in their metadata, and believes most of what a
student's file says there: a test cell that was turned into Markdown or marked
as a place for an answer fails the whole notebook. Here the gradebook decides,
for every cell whose name it knows.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook, Notebook
from nbgrader.nbgraderformat import SCHEMA_VERSION
from nbgrader.preprocessors import NbGraderPreprocessor


class RestoreMarks(NbGraderPreprocessor):
    """Comes first of all, before anything reads the marks. Sources are nbgrader's to put back."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._released = cache(_released)  # asked once, for all that this step is given

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        where = resources["nbgrader"]
        released = self._released(where["db_url"], where["assignment"], where["notebook"])
        for cell in nb.cells:
            found = cell.metadata.get("nbgrader")
            name = found.get("grade_id") if isinstance(found, dict) else None
            marks = released.get(name) if isinstance(name, str) else None
            if marks is not None:
                _retype(cell, marks["cell_type"])
                cell.metadata["nbgrader"] = NotebookNode(marks)  # a copy
        return nb, resources


def _released(db_url: str, assignment: str, notebook: str) -> dict[str, dict[str, Any]]:
    with Gradebook(db_url) as gradebook:
        return _marks(gradebook.find_notebook(notebook, assignment))


def _marks(notebook: Notebook) -> dict[str, dict[str, Any]]:
    """The metadata that nbgrader's cells were released with, by name."""
    points = {cell.name: cell.max_score for cell in (*notebook.grade_cells, *notebook.task_cells)}
    graded = {cell.name for cell in notebook.grade_cells}
    solutions = {cell.name for cell in notebook.solution_cells}
    tasks = {cell.name for cell in notebook.task_cells}
    found = {}
    for cell in notebook.source_cells:
        name = cell.name
        found[name] = {
            "schema_version": SCHEMA_VERSION,
            "grade_id": name,
            "grade": name in graded,
            "solution": name in solutions,
            "task": name in tasks,
            "locked": cell.locked,
            "cell_type": str(cell.cell_type),
            "checksum": cell.checksum,
        }
        if name in points:
            found[name]["points"] = float(points[name])
    return found


def _retype(cell: NotebookNode, cell_type: str) -> None:
    if cell.cell_type == cell_type:
        return
    cell.cell_type = cell_type
    for key in ("outputs", "execution_count", "attachments"):
        cell.pop(key, None)
    if cell_type == "code":
        cell.outputs, cell.execution_count = [], None
