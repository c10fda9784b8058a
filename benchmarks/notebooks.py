"""Executed notebooks to set as PDFs: the solutions of assignment 01, in two lengths."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.course import load_course
from autograder.sandbox.run import make_task, run_notebook
from benchmarks.classes import LIGHT, ROOT

LENGTHS = (23, 30)
"""Cells; the second is what a long assignment has."""


def executed() -> list[NotebookNode]:
    """The solutions with everything that their cells put out."""
    course = load_course(ROOT)
    paths = sorted((ROOT / "source" / LIGHT).glob("*.ipynb"))
    notebooks = {path.stem: nbformat.read(path, as_version=4) for path in paths}
    tasks = (make_task(course, f"{LIGHT}/{name}", found) for name, found in notebooks.items())
    return [nbformat.reads(run_notebook(task).notebook.decode(), as_version=4) for task in tasks]


def of_length(notebooks: list[NotebookNode], cells: int) -> NotebookNode:
    """The first so many cells of the first notebook that has as many."""
    notebook = next(one for one in notebooks if len(one.cells) >= cells).copy()
    notebook.cells = notebook.cells[:cells]
    return notebook


def write_class(notebook: NotebookNode, count: int, folder: Path) -> list[Path]:
    """So many copies of a notebook, each another student's, for a batch."""
    folder.mkdir(parents=True)
    paths = []
    for number in range(count):
        own = notebook.copy()
        own.metadata = {**notebook.metadata, "chainrule": {"student": f"student{number:03}"}}
        paths.append(folder / f"student{number:03}.ipynb")
        nbformat.write(own, paths[-1])
    return paths
