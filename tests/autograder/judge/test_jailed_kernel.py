"""The judge with the kernel that grades a class: forked from a zygote, and jailed."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.sandbox.execute import RUN, ExecuteAll
from autograder.sandbox.isolation import probe_machine
from tests.autograder.judge.test_windows import CHECK, GRADE, RELU

jailed = pytest.mark.skipif(not probe_machine().isolated, reason="this machine cannot isolate")


def asked(source: str = GRADE) -> NotebookNode:
    cell = new_code_cell(source)
    cell.metadata["nbgrader"] = {"grade_id": CHECK, "grade": True, "points": 1}
    return cell


def run(folder: Path, *cells: NotebookNode | str) -> list[NotebookNode]:
    execute = ExecuteAll(timeout=10, iopub_timeout=4)
    execute.judge_key = b"one submission"
    whole = [new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    notebook = new_notebook(cells=whole)
    execute.preprocess(notebook, {"metadata": {"path": str(folder)}})
    return notebook.cells


def points(cell: NotebookNode) -> list[str]:
    results = [o for o in cell.outputs if o.output_type == "execute_result"]
    return [result.data["text/plain"] for result in results]


SET_UP = "import numpy as np\nfrom chainrule import grade"


@jailed
def test_a_jailed_kernel_is_judged_and_so_is_the_one_after_it(tmp_path: Path) -> None:
    read = 'import importlib; importlib.import_module("autograder.checks.worksheets.task")'
    cells = run(tmp_path, SET_UP, RELU, asked(), "import os; os._exit(1)", asked(), read)
    assert points(cells[2]) == points(cells[4]) == ["1.0"]
    assert f"{CHECK}: 1 of 1 points" in cells[2].outputs[0].text
    assert "Error" in cells[5].outputs[0].ename
    assert "flags" not in cells[2].metadata[RUN]


@jailed
def test_what_a_cell_says_of_its_own_points_is_thrown_away(tmp_path: Path) -> None:
    forged = """
from IPython.display import display
from IPython import get_ipython
display(1.0)
get_ipython().displayhook(1.0)
"""
    cells = run(tmp_path, SET_UP, "relu_slopes = None", asked(f"{forged}\n{GRADE}"))
    assert points(cells[2]) == ["0.0"]


@jailed
def test_a_test_cell_that_never_asks_gets_nothing(tmp_path: Path) -> None:
    replaced = "import chainrule\ngrade = chainrule.grade = lambda *a: 1.0"
    cells = run(tmp_path, SET_UP, RELU, replaced, asked())
    assert points(cells[3]) == ["0.0"]
