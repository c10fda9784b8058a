"""Runs cells in a jailed kernel, with a channel to a judge that never answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.sandbox.execute import ExecuteAll
from autograder.sandbox.isolation import probe_machine
from autograder.sandbox.outcome import RUN

HERE = probe_machine()
"""What this machine offers to the user who runs the tests."""


@dataclass(frozen=True)
class Ran:
    """A notebook after its run, and the preprocessor that ran it."""

    cells: list[NotebookNode]
    execute: ExecuteAll

    def status(self, index: int = -1) -> str:
        return self.cells[index].metadata[RUN]["status"]

    def reason(self, index: int = -1) -> str:
        return self.cells[index].metadata[RUN]["reason"]

    def said(self, index: int = -1) -> str:
        """All that a cell put out, errors included."""
        parts = []
        for output in self.cells[index].outputs:
            if output.output_type == "error":
                parts.append(f"{output.ename}: {output.evalue}")
            else:
                parts.append(output.get("text") or str(output.get("data", "")))
        return "".join(parts)


def run_jailed(folder: Path, *sources: str, **limits: object) -> Ran:
    """Run cells before a test cell, as the engine does when a judge marks."""
    if not HERE.isolated:
        pytest.skip("; ".join(HERE.lines()))
    limits = {"timeout": 10, "iopub_timeout": 4, **limits}
    execute = ExecuteAll(**limits)
    execute.judge_key = b"any key"
    cells = [new_code_cell(source) for source in sources]
    last = new_code_cell('grade("exp_graph", None)')
    last.metadata["nbgrader"] = {"grade_id": "exp_graph", "grade": True, "points": 2}
    notebook = new_notebook(cells=[*cells, last])
    execute.preprocess(notebook, {"metadata": {"path": str(folder)}})
    return Ran(notebook.cells[:-1], execute)
