"""The judge with the kernel that grades a class: forked from a zygote, and jailed."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.grading.run import grade
from autograder.judge.verdict import Verdict
from autograder.sandbox.execute import ExecuteAll
from autograder.sandbox.isolation import probe_machine
from autograder.sandbox.judging import Session
from autograder.sandbox.outcome import RUN
from autograder.sandbox.transcript import BAR, FOLDED, verdict_text
from autograder.submission import NOT_GRADED
from tests.autograder.judge.test_windows import CHECK, GRADE, RELU
from tests.hostile.attacks import ASSIGNMENT, RIGHT, hand_in, make_course

jailed = pytest.mark.skipif(not probe_machine().isolated, reason="this machine cannot isolate")


def asked(source: str = GRADE) -> NotebookNode:
    cell = new_code_cell(source)
    cell.metadata["nbgrader"] = {"grade_id": CHECK, "grade": True, "points": 1}
    return cell


def run(folder: Path, *cells: NotebookNode | str, timeout: float = 10) -> list[NotebookNode]:
    execute = ExecuteAll(timeout=timeout, iopub_timeout=4)
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
    assert f"{CHECK}: 1 of 1 point" in verdict_text(cells[2])
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


EMPTIES_CELLS = """
import ast
class Empty(ast.NodeTransformer):
    def visit_Module(self, node):
        node.body = []
        return node
get_ipython().ast_transformers.append(Empty())
"""
NEVER = "grade() never reached the judge"


@jailed
@pytest.mark.parametrize(
    "swallows", ["import chainrule\ngrade = chainrule.grade = lambda *a: 1.0", EMPTIES_CELLS]
)
def test_a_test_cell_that_ran_and_never_asked_gets_nothing_and_is_flagged(
    tmp_path: Path, swallows: str
) -> None:
    cells = run(tmp_path, SET_UP, RELU, swallows, asked())
    assert points(cells[3]) == ["0.0"]
    (flag,) = cells[3].metadata[RUN]["flags"]
    assert NEVER in flag
    assert NEVER not in verdict_text(cells[3])


@jailed
@pytest.mark.parametrize(
    ("visible", "status"),
    [
        ("assert relu_slopes(np.ones(2)).shape == (3, 3)", "failed"),
        ("while True: pass", "timed out"),
        ("import os; os._exit(1)", "kernel died"),
        ("import sys; sys.exit()", "failed"),
    ],
)
def test_a_test_cell_whose_visible_part_fails_is_not_flagged(
    tmp_path: Path, visible: str, status: str
) -> None:
    cells = run(tmp_path, SET_UP, RELU, asked(f"{visible}\n{GRADE}"), timeout=2)
    assert cells[2].metadata[RUN]["status"] == status
    assert "flags" not in cells[2].metadata[RUN]


PRINTS_A_VERDICT = """
from IPython.display import HTML, display
text = "bias_factor_relu: 1 of 1 point\\n \N{CHECK MARK} all of it: 1 of 1"
marks = {"chainrule": {"verdict": "bias_factor_relu"}}
def relu_slopes(v):
    print("\\r" + text + "\\x1b[2K\\x0b" + text, "x" * 93, text)
    display({"text/plain": text, "text/html": text, "text/latex": text}, raw=True, metadata=marks)
    display({"text/markdown": text}, raw=True, metadata=marks)
    return 7 * v
"""


@jailed
def test_a_verdict_that_a_student_prints_is_not_mistaken_for_one(tmp_path: Path) -> None:
    cells = run(tmp_path, SET_UP, PRINTS_A_VERDICT, asked())
    *own, verdict, result = cells[2].outputs
    assert result.data["text/plain"] == "0.0"
    assert verdict_text(cells[2]) == verdict.data["text/plain"]
    assert verdict.data["text/plain"].startswith("bias_factor_relu: 0 of 1 point")
    assert {output.output_type for output in own} == {"stream", "display_data"}
    for output in own:
        assert "metadata" not in output or output.metadata == {}
        assert set(output.get("data", {})) <= {"text/plain"}
        text = output.get("text") or output.data["text/plain"]
        assert all(line.startswith((BAR, FOLDED)) and len(line) <= 98 for line in text.splitlines())


# -- a judge that is lost -----------------------------------------------------------------


@pytest.fixture
def unlucky(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Judges end right after they have opened a window: one for every entry that is left."""
    deaths: list[str] = []
    opened = Session.open

    def open_and_die(self: Session, *arguments: object, **named: object) -> None:
        opened(self, *arguments, **named)
        if deaths:
            deaths.pop()
            os.kill(self._pid, signal.SIGKILL)

    monkeypatch.setattr(Session, "open", open_and_die)
    return deaths


@jailed
def test_a_judge_that_is_lost_once_costs_nothing(tmp_path: Path, unlucky: list[str]) -> None:
    unlucky += ["once"]
    started = time.monotonic()
    cells = run(tmp_path, SET_UP, RELU, asked(), asked(), timeout=60)
    assert time.monotonic() - started < 30  # nobody waited for the cell's limit
    assert points(cells[2]) == points(cells[3]) == ["1.0"]
    assert "flags" not in cells[2].metadata[RUN]


@jailed
def test_a_judge_that_is_lost_twice_leaves_its_cell_to_be_graded_again(
    tmp_path: Path, unlucky: list[str]
) -> None:
    unlucky += ["once", "twice"]
    cells = run(tmp_path, SET_UP, RELU, asked(), asked())
    assert cells[2].metadata[RUN]["status"] == "judge lost"
    assert [output.ename for output in cells[2].outputs] == ["JudgeLost"]
    assert "no fault of the student's" in cells[2].metadata[RUN]["flags"][0]
    assert points(cells[3]) == ["1.0"]


class AtOnce(Executor):
    """Runs tasks in this process, where a judge can be made to end."""

    def submit(self, function, /, *args, **kwargs):
        future: Future = Future()
        future.set_result(function(*args, **kwargs))
        return future


@jailed
def test_a_cell_that_lost_its_judge_has_no_points_until_it_is_graded_again(
    tmp_path: Path, unlucky: list[str]
) -> None:
    course = make_course(tmp_path / "course", "a solution")
    hand_in(course, "ada", RIGHT)
    unlucky += ["once", "twice"]
    (row,) = grade(course, ASSIGNMENT, executor=AtOnce())
    cells = {cell.id: cell for cell in row.notebooks[0].cells}
    lost = cells["bias_chain_b2"]
    assert (lost.points, lost.status) == (None, "not graded")
    assert "Grade it again" in lost.reason
    assert row.notebooks[0].to_run_again
    assert row.automatic_points == 8
    assert any("bias_chain_b2: judge lost" in line for line in row.trouble)
    (row,) = grade(course, ASSIGNMENT, executor=AtOnce())
    assert row.automatic_points == 9
    assert not row.notebooks[0].to_run_again
    assert row.trouble == ()


LACKS = "the real data is not on this machine"


@pytest.fixture
def lacking(monkeypatch) -> list[str]:
    """As many of the next verdicts as it has entries say that the machine cannot decide."""
    times: list[str] = []
    taken = Session.take

    def take(self: Session, *arguments: object, **named: object) -> Verdict:
        verdict = taken(self, *arguments, **named)
        return replace(verdict, undecided=times.pop()) if times else verdict

    monkeypatch.setattr(Session, "take", take)
    return times


@jailed
def test_where_the_machine_cannot_decide_only_that_cell_waits(
    tmp_path: Path, lacking: list[str]
) -> None:
    lacking += [LACKS]
    cells = run(tmp_path, SET_UP, RELU, asked(), asked())
    assert cells[2].metadata[RUN]["status"] == "undecided"
    assert cells[2].metadata[RUN]["flags"] == [LACKS]
    assert [output.ename for output in cells[2].outputs] == ["Undecided"]
    assert points(cells[3]) == ["1.0"]


@jailed
def test_an_undecided_cell_has_no_points_until_it_is_graded_again(
    tmp_path: Path, lacking: list[str]
) -> None:
    course = make_course(tmp_path / "course", "a solution")
    hand_in(course, "ada", RIGHT)
    lacking += [LACKS]
    (row,) = grade(course, ASSIGNMENT, executor=AtOnce())
    (waits,) = (cell for cell in row.notebooks[0].cells if cell.points is None and not cell.manual)
    assert waits.status == NOT_GRADED
    assert "he real data is not on this machine. Grade it again." in waits.reason
    (row,) = grade(course, ASSIGNMENT, executor=AtOnce())
    assert {cell.id: cell for cell in row.notebooks[0].cells}[waits.id].points == waits.max_points
