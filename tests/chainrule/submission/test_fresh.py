"""A fresh run says what the tests say now; the student's files stay as they are."""

from __future__ import annotations

import json
import sys

import pytest
from jupyter_client.kernelspec import NoSuchKernel

from chainrule.submission.answers import FAILING
from chainrule.submission.assignment import gather
from chainrule.submission.errors import SubmissionError
from chainrule.submission.fresh import run_fresh
from chainrule.submission.hand_in import hand_in
from chainrule.submission.identity import Student
from tests.chainrule.pdf.notebooks import code, notebook, stream

from .sheets import NAMES, put, sheet


def test_a_fresh_run_finds_what_the_saved_outputs_hide(folder):
    (folder / "values.txt").write_text("7")
    content = sheet(NAMES[0], "def f(x):\n    return 2 * y", stream("✓ fine\n"))
    content["cells"][3]["source"] = "print(open('values.txt').read(), f(1))"
    path = put(folder, NAMES[0], content)
    before = path.read_bytes()
    done = hand_in(gather(path, folder), Student("ada"), run=True)
    first = done.answers[0]
    assert (first.id, first.status, first.why) == (
        "double",
        FAILING,
        "NameError: name 'y' is not defined",
    )
    assert path.read_bytes() == before
    assert not done.notes


def test_it_is_run_as_it_is_marked_and_hands_in_nothing_itself(folder):
    asked = "from chainrule.training import is_grading\nprint('graded:', is_grading())"
    ran = run_fresh(json.dumps(notebook(code(asked), *sheet()["cells"][-1:])).encode(), folder)
    said = [cell.outputs[0]["text"] for cell in ran.cells]
    assert said == ["graded: True\n", "submit() does nothing while your work is marked.\n"]
    assert not list(folder.iterdir())


def test_a_cell_that_never_ends_is_interrupted_and_the_next_ones_run(folder):
    data = json.dumps(notebook(code("while True: pass"), code("print(1)"))).encode()
    first, second = run_fresh(data, folder, seconds=1).cells
    assert first.outputs[-1]["ename"] == "KeyboardInterrupt"
    assert second.outputs[0]["text"] == "1\n"


def test_a_kernel_that_dies_is_said_with_a_remedy(folder):
    data = json.dumps(notebook(code("import os\nos._exit(1)"))).encode()
    with pytest.raises(SubmissionError, match=r"the kernel died: .* run the cells one by one"):
        run_fresh(data, folder)


def test_without_jupyter_it_says_what_to_install(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "nbclient", None)
    with pytest.raises(SubmissionError) as caught:
        run_fresh(b"{}", folder)
    assert str(caught.value) == (
        "A fresh run needs nbclient. Install it (pip install nbclient ipykernel), or restart the "
        "kernel and run all cells by hand."
    )


def test_without_a_kernel_it_says_what_to_install(folder, monkeypatch):
    def execute(client, **options):
        raise NoSuchKernel("python3")

    monkeypatch.setattr("nbclient.NotebookClient.execute", execute)
    with pytest.raises(SubmissionError) as caught:
        run_fresh(json.dumps(notebook(code("1"))).encode(), folder)
    assert str(caught.value) == (
        "A fresh run needs ipykernel. Install it (pip install ipykernel), or restart the kernel "
        "and run all cells by hand."
    )


def test_what_nbformat_does_not_take_is_said(folder):
    with pytest.raises(SubmissionError, match=r"It cannot be run: .* Save it again\."):
        run_fresh(b"{", folder)
