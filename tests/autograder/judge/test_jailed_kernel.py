"""The judge with the kernel that grades a class: forked from a zygote, and jailed."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.judge.verdict import Verdict
from autograder.sandbox.execute import ExecuteAll
from autograder.sandbox.isolation import probe_machine
from autograder.sandbox.judging import Session, check_of
from tests.autograder.judge.test_windows import CHECK, GRADE, RELU

jailed = pytest.mark.skipif(not probe_machine().isolated, reason="this machine cannot isolate")


class ExecuteInWindows(ExecuteAll):
    """Opens a window around each test cell and keeps the verdicts, and does nothing else."""

    session: Session
    verdicts: list[Verdict]

    def _run(self, cell: NotebookNode, index: int) -> tuple[str, str]:
        if (check := check_of(cell.source)) is None:
            return super()._run(cell, index)
        self.session.open(check, seconds=5)
        done = super()._run(cell, index)
        self.verdicts.append(self.session.take())
        return done


@jailed
def test_a_jailed_kernel_is_judged_and_so_is_the_one_after_it(
    session: Session, tmp_path: Path
) -> None:
    execute = ExecuteInWindows(timeout=10, iopub_timeout=4)
    execute.session, execute.verdicts, execute.judge_channel = session, [], session.kernel
    sources = [
        "import numpy as np\nfrom chainrule import grade",
        RELU,
        GRADE,
        "import os; os._exit(1)",
        GRADE,
        'import importlib; importlib.import_module("autograder.checks.worksheets.task")',
    ]
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    execute.preprocess(notebook, {"metadata": {"path": str(tmp_path)}})
    told = [(verdict.check, verdict.points, verdict.notes) for verdict in execute.verdicts]
    # The first test cell is run once more by the fresh kernel's replay.
    assert told == [(CHECK, 1, ())] * 3
    assert notebook.cells[2].outputs == notebook.cells[4].outputs == []
    assert "Error" in notebook.cells[5].outputs[0].ename
