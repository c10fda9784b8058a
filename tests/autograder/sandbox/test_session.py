"""What a notebook may expect of its kernel: earlier results, history, and all that is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook

import autograder
from autograder.sandbox.execute import ExecuteAll
from autograder.sandbox.outcome import RAN

from .conftest import HERE, run_jailed


def test_earlier_cells_and_results_can_be_had_again(tmp_path):
    ran = run_jailed(
        tmp_path,
        "6 * 7",
        "assert _ == 42 and Out[1] == 42 and In[1] == '6 * 7' and _i1 == '6 * 7'",
        "%history 1",
    )
    assert [ran.status(index) for index in range(3)] == [RAN] * 3, ran.said(1)
    assert "6 * 7" in ran.said(2)


@pytest.mark.parametrize(
    "printing",
    [
        "print('heard')",
        "print('heard', end='', flush=True)",
        "import os; os.write(1, b'heard')",
        "import os; os.system('echo heard')",
        "import subprocess; subprocess.run(['echo', 'heard']);",
        "import subprocess; subprocess.run('sleep 0.2; echo heard', shell=True);",
        "import ctypes; libc = ctypes.CDLL(None); libc.puts(b'heard'); libc.fflush(None)",
        "import logging; logging.warning('heard')",
        "import threading as t; t = t.Thread(target=print, args=('heard',)); t.start(); t.join()",
        "import os\nif os.fork() == 0:\n    os.write(1, b'heard'); os._exit(0)\nos.wait()",
    ],
)
def test_what_is_printed_is_in_the_cell_that_printed_it(tmp_path, printing):
    # Over and over, for what is written past Python takes another way, and could come too late.
    cells = [f"{printing}\n" for _ in range(8)]
    ran = run_jailed(tmp_path, *cells)
    assert [ran.said(index).count("heard") for index in range(8)] == [1] * 8


def test_a_notebook_that_asks_for_no_check_cannot_read_them_either(tmp_path):
    if not HERE.isolated:
        pytest.skip("; ".join(HERE.lines()))
    execute = ExecuteAll(timeout=10)
    execute.judge_key = b"any key"
    folder = Path(autograder.__file__).parent / "checks"
    notebook = new_notebook(cells=[new_code_cell(f"import os; print(os.listdir({str(folder)!r}))")])
    execute.preprocess(notebook, {"metadata": {"path": str(tmp_path)}})
    (error,) = notebook.cells[0].outputs
    assert error.ename in ("FileNotFoundError", "PermissionError")
