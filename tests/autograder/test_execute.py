"""What one bad cell costs, and how outputs become points."""

from __future__ import annotations

import os

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from nbgrader.utils import determine_grade

from autograder.sandbox.execute import ExecuteAll
from autograder.sandbox.outcome import RUN
from autograder.sandbox.outputs import Verdicts, owes_verdict
from autograder.sandbox.run import Task, run_notebook, settings

from .conftest import graded_cell

STUBBORN = """\
import time
while True:
    try:
        while True:
            time.sleep(0.05)
    except KeyboardInterrupt:
        pass
"""


def run(*sources: str, folder=None, **limits):
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    resources = {"metadata": {"path": str(folder)}} if folder else {}
    ExecuteAll(timeout=1, iopub_timeout=1, **limits).preprocess(notebook, resources)
    return notebook.cells


def status(cell) -> str:
    return cell.metadata[RUN]["status"]


def text(cell) -> str:
    return "".join(o.get("text", "") or str(o.get("data", "")) for o in cell.outputs)


@pytest.fixture(scope="module")
def incidents(tmp_path_factory):
    folder = tmp_path_factory.mktemp("incidents")
    mark = repr(str(folder / "mark"))
    return run(
        f"print(open({mark}, 'a').tell()); open({mark}, 'a').write('x'); a = 1",
        "import os; os._exit(1)",
        "b = 2",
        "while True: pass",
        STUBBORN,
        "1 / 0",
        "print(a + b)",
        "import os; os.environ['PYTHONHASHSEED'], os.environ['OMP_NUM_THREADS']",
        "print('x' * 3_000_000)",
        folder=folder,
    )


def test_a_dead_kernel_costs_only_its_own_cell(incidents):
    assert status(incidents[1]) == "kernel died"
    assert incidents[1].outputs[-1].ename == "KernelDied"
    assert text(incidents[6]) == "3\n"


def test_a_loop_that_can_be_interrupted_costs_only_its_own_cell(incidents):
    assert status(incidents[3]) == "timed out"
    assert incidents[3].outputs[-1].evalue == "stopped after 1 s"


def test_a_loop_that_cannot_be_interrupted_loses_its_kernel_and_nothing_else(incidents):
    assert status(incidents[4]) == "kernel died"
    assert "did not stop when interrupted" in incidents[4].metadata[RUN]["reason"]


def test_cells_that_are_run_again_keep_the_output_they_had(incidents):
    assert text(incidents[0]) == "0\n"  # it would print 1 the second time


def test_an_error_is_an_error_and_the_next_cell_runs(incidents):
    assert status(incidents[5]) == "failed"
    assert incidents[5].metadata[RUN]["reason"] == "ZeroDivisionError: division by zero"
    assert status(incidents[6]) == "ran"


def test_the_kernel_has_one_thread_and_a_fixed_hash_seed(incidents):
    assert text(incidents[7]) == str({"text/plain": "('0', '1')"})


def test_endless_output_is_cut_and_says_so(incidents):
    assert len(text(incidents[8])) < 1_100_000
    assert "output cut here" in text(incidents[8])


def test_after_too_many_deaths_the_rest_is_not_run_and_says_why():
    cells = run("import os; os._exit(1)", "import os; os._exit(1)", "1", max_deaths=1)
    assert [status(cell) for cell in cells] == ["kernel died", "kernel died", "not run"]
    assert "already cost 2 kernels" in cells[2].outputs[0].evalue


def test_a_notebook_that_has_used_its_time_is_not_run_any_further():
    (cell,) = run("print('too late')", notebook_timeout=0)
    assert status(cell) == "not run"
    assert "had already used its 0 s" in cell.outputs[0].evalue


def test_a_cell_that_kills_only_when_it_is_run_again_ends_too(tmp_path):
    second_time = "import os\nos._exit(1) if os.path.exists('mark') else open('mark', 'w')"
    cells = run("a = 1", second_time, "import os; os._exit(1)", "print(a)", folder=tmp_path)
    assert [status(cell) for cell in cells] == ["ran", "ran", "kernel died", "ran"]
    assert text(cells[3]) == "1\n"


def test_nothing_in_a_students_file_counts_as_a_run():
    cell = new_code_cell("")
    cell.outputs = [new_output("execute_result", {"text/plain": "36.0"})]
    cell.metadata[RUN] = {"status": "ran", "reason": "", "seconds": 0}
    notebook = new_notebook(cells=[cell])
    cell.metadata["tags"] = "no list"
    ExecuteAll().preprocess(notebook, {})
    assert cell.outputs == []
    assert RUN not in cell.metadata


def test_a_task_is_bytes_in_and_bytes_out_with_its_files_beside_it(released):
    notebook = new_notebook(cells=[new_code_cell("print(open('data/x.txt').read())")])
    task = Task(
        nbformat.writes(notebook).encode(),
        files=(("data/x.txt", b"beside"),),
        settings=settings(released.config),
    )
    before = os.getcwd()
    executed = nbformat.reads(run_notebook(task).notebook.decode(), as_version=4)
    assert text(executed.cells[0]) == "beside\n"
    assert os.getcwd() == before


# --- from outputs to points --------------------------------------------------


def points(source: str, *outputs, ran: bool = True, most: float = 5) -> float:
    cell = graded_cell("q", source, most)
    cell.outputs = list(outputs)
    other = new_code_cell("x = 1")
    other.metadata[RUN] = {"status": "ran", "reason": "", "seconds": 0.0}
    if ran:
        cell.metadata[RUN] = {"status": "ran", "reason": "", "seconds": 0.0}
    Verdicts().preprocess(new_notebook(cells=[other, cell]), {})
    return determine_grade(cell)[0]


def result(value: str):
    return new_output("execute_result", {"text/plain": value})


STDERR = new_output("stream", name="stderr", text="a warning\n")
GRADE = 'grade("q", f)'


def test_a_warning_or_a_progress_bar_costs_nothing():
    assert points(GRADE, STDERR, result("4.5")) == 4.5
    assert points("assert f(1)", STDERR) == 5


def test_stderr_stays_visible_with_the_last_frame_of_a_progress_bar():
    cell = graded_cell("q", "assert True", 1)
    cell.outputs = [new_output("stream", name="stderr", text="\r1/3\r2/3\r3/3\nold\n")]
    Verdicts().preprocess(new_notebook(cells=[cell]), {})
    assert cell.outputs[0].data["text/plain"] == "3/3\nold"


def test_a_test_cell_that_did_not_run_earns_nothing():
    assert points(GRADE, ran=False) == 0
    assert points("assert f(1)", ran=False) == 0


def test_a_check_without_a_verdict_earns_nothing():
    assert points(GRADE) == 0
    assert points(GRADE, result("None")) == 0
    assert points(GRADE, result("'full marks'")) == 0
    assert points(GRADE, result("nan")) == 0


def test_only_the_last_result_counts():
    assert points(GRADE, result("5.0"), result("1.5")) == 1.5


def test_points_stay_within_what_the_cell_can_earn():
    assert points(GRADE, result("7.0")) == 5
    assert points(GRADE, result("-3")) == 0
    assert points(GRADE, result("np.float64(2.5)")) == 2.5


def test_an_error_earns_nothing_whatever_was_put_out_before():
    error = new_output("error", ename="E", evalue="", traceback=["E"])
    assert points(GRADE, error, result("5.0")) == 0


@pytest.mark.parametrize(
    ("source", "owes"),
    [
        (GRADE, True),
        ("assert x\n2.0 if x else 0", True),
        ("assert x", False),
        ("assert x\nprint('good')", False),
        ("x = 1", False),
        ("%matplotlib inline\n" + GRADE, True),
        ("", False),
        ("def", False),
    ],
)
def test_a_cell_owes_a_verdict_if_it_ends_in_a_value(source, owes):
    assert owes_verdict(source) is owes
