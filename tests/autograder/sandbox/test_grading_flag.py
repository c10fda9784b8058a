"""Kernels know that they grade, and nothing else does: there, nothing is trained."""

from __future__ import annotations

import os

from nbformat.v4 import new_code_cell, new_notebook

from autograder.sandbox import surroundings
from autograder.sandbox.execute import ExecuteAll
from autograder.sandbox.isolation import NO_JAIL
from autograder.sandbox.outcome import RAN, RUN
from autograder.sandbox.settings import Sandbox

from .conftest import run_jailed

ASK = "from chainrule.training import is_grading\nassert is_grading()"


def test_a_jailed_kernel_knows_that_it_grades(tmp_path):
    ran = run_jailed(tmp_path, ASK)
    assert ran.status(0) == RAN, ran.said(0)


def test_a_kernel_without_a_jail_knows_it_as_well(tmp_path, monkeypatch):
    monkeypatch.setattr(Sandbox, "jail", lambda self: NO_JAIL)
    notebook = new_notebook(cells=[new_code_cell(ASK)])
    ExecuteAll(timeout=20).preprocess(notebook, {"metadata": {"path": str(tmp_path)}})
    assert notebook.cells[0].metadata[RUN]["status"] == RAN, notebook.cells[0].outputs


def test_neither_the_grader_nor_its_zygote_is_told_so():
    assert not surroundings.GRADING.keys() & os.environ.keys()
    assert not surroundings.GRADING.keys() & surroundings.zygote_environment().keys()
