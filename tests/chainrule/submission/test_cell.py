"""`submit()` where students work: IPython, VS Code, Colab; and under marking."""

from __future__ import annotations

import json
import subprocess
import sys
import types
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from chainrule import submit
from chainrule.submission import cell

from .sheets import NAMES, put, sheet


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """An IPython that has just run `submit()`, and what it displayed."""
    shown: list[dict] = []
    history = SimpleNamespace(input_hist_raw=["", "submit()"])
    found = SimpleNamespace(user_ns={}, history_manager=history, shown=shown)
    monkeypatch.setattr("IPython.get_ipython", lambda: found)
    monkeypatch.setattr(
        "IPython.display.display", lambda content, raw: shown.append(content), raising=True
    )
    monkeypatch.setattr("builtins.input", lambda question: "ada")
    return found


def test_in_vs_code_it_takes_the_notebook_that_vs_code_names(shell, folder, capsys):
    path = put(folder / "deep", NAMES[0], sheet(NAMES[0], notebooks=[NAMES[0]]))
    shell.user_ns["__vsc_ipynb_file__"] = str(path)
    submit()
    written = {"05-nets-ada.pdf", "05-nets-ada.zip"}
    assert {file.name for file in path.parent.iterdir()} == {path.name, *written}
    assert "Hand in both" in capsys.readouterr().out
    (links,) = shell.shown
    assert links["text/html"].startswith(
        '<a href="deep/05-nets-ada.pdf" download="05-nets-ada.pdf"'
    )


def test_unsaved_work_is_handed_in_only_if_the_student_says_so(shell, folder, capsys):
    put(folder, NAMES[0])
    shell.history_manager.input_hist_raw[1:1] = ["def f(x):\n    return 3 * x"]
    submit()
    said = capsys.readouterr().out
    assert said.startswith("✗ Save first. A cell was run or changed after the notebook was saved")
    assert said.endswith("Nothing was written.\n")
    assert not list(folder.glob("*ada*"))
    submit(anyway=True)
    assert (folder / "05-nets-ada.zip").is_file()


def test_a_notebook_may_be_named(shell, folder, capsys):
    put(folder, "a"), put(folder, NAMES[0])
    submit("bob", notebook=NAMES[0], output=folder / "out")
    assert (folder / "out" / "05-nets-bob.zip").is_file()
    submit(notebook="c")
    assert capsys.readouterr().out.endswith(
        f"✗ There is no file c.ipynb. In {folder} there is: 1-convolution.ipynb, a.ipynb. Give "
        "your notebook's name as it is there.\nNothing was written.\n"
    )


def test_in_a_plain_python_it_takes_the_folders_notebook(folder, capsys, monkeypatch):
    monkeypatch.setattr("IPython.get_ipython", lambda: None)
    put(folder, NAMES[0])
    submit("ada")
    assert (folder / "05-nets-ada.pdf").is_file()
    assert "Hand in both" in capsys.readouterr().out


def test_where_nobody_answers_it_says_what_to_write_into_the_cell(
    shell, folder, capsys, monkeypatch
):
    def nobody(question: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    put(folder, NAMES[0])
    submit()
    assert capsys.readouterr().out == (
        '✗ Who are you? Write submit(student="your-number") in this cell, and run it once more.\n'
        "Nothing was written.\n"
    )


def test_where_there_is_no_notebook_it_says_so(shell, folder, capsys):
    submit()
    assert "The notebook's file was not found: there is none in" in capsys.readouterr().out


def test_a_fault_of_ours_is_said_with_what_to_hand_in_instead(shell, folder, capsys, monkeypatch):
    def fails(*_: object) -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(cell, "gather", fails)
    put(folder, NAMES[0])
    submit()
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "✗ This should not have happened: ZeroDivisionError: ours"
    assert said[1].startswith("Hand in the notebook itself and the folder artifacts, and send your")
    assert said[-1] == "ZeroDivisionError: ours"


def test_a_kernel_of_another_kind_hands_in_as_well(shell, folder, capsys, monkeypatch):
    for module in ("ipykernel", "ipykernel.connect", "jupyter_core.paths", "psutil"):
        monkeypatch.setitem(sys.modules, module, None)
    put(folder, NAMES[0])
    submit()
    assert "Hand in both" in capsys.readouterr().out


class Colab:
    """`google.colab` as its source has it, with a page that answers as told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, reply: object) -> None:
        self.asked: list[tuple] = []
        self.downloads: list[str] = []

        class MessageError(Exception):
            pass

        def blocking_request(request_type, request="", timeout_sec=5, parent=None):
            self.asked.append((request_type, timeout_sec))
            if isinstance(reply, str):
                raise MessageError(reply)
            return reply

        message = types.ModuleType("google.colab._message")
        message.MessageError, message.blocking_request = MessageError, blocking_request
        files = types.ModuleType("google.colab.files")
        files.download = self.downloads.append
        package = types.ModuleType("google.colab")
        package._message, package.files = message, files
        for module in (types.ModuleType("google"), package, message, files):
            monkeypatch.setitem(sys.modules, module.__name__, module)


def coloured(content: dict) -> dict:
    """A notebook as Colab's page hands it over: sources are lists of lines, and more is noted."""
    for one in content["cells"]:
        one["source"] = one["source"].splitlines(keepends=True)
        one["metadata"]["id"] = "aBcD"
        one["metadata"]["executionInfo"] = {"user": {"displayName": "Ada", "userId": "0001"}}
    content["metadata"] = {"colab": {"provenance": []}, "kernelspec": {"name": "python3"}}
    return {"ipynb": content}


def test_in_colab_the_page_is_asked_and_the_files_are_downloaded(
    shell, folder, monkeypatch, capsys
):
    (folder / "artifacts").mkdir()
    (folder / "artifacts" / "net.json").write_text("{}")
    colab = Colab(monkeypatch, coloured(sheet(NAMES[1])))
    submit()
    said = capsys.readouterr().out
    assert colab.asked == [("get_ipynb", 120)]
    stem = str(folder / "05-nets-ada-2-network")
    assert colab.downloads == [f"{stem}.pdf", f"{stem}.zip"]
    assert "2-network (as it is in the page now)" in said
    assert (
        "Not in it: 1-convolution.ipynb. In Colab each notebook has a machine of its own: run the "
        "last cell of each, and hand in all that they write." in said
    )
    handed_in = json.loads(_inside(f"{stem}.zip", "2-network.ipynb"))
    assert "".join(handed_in["cells"][2]["source"]) == "def f(x):\n    return 2 * x"
    assert "executionInfo" not in json.dumps(handed_in)
    assert _inside(f"{stem}.zip", "artifacts/net.json") == b"{}"


def test_in_colab_an_assignment_of_one_notebook_has_its_plain_name(shell, folder, monkeypatch):
    colab = Colab(monkeypatch, coloured(sheet(NAMES[1], notebooks=[NAMES[1]])))
    submit()
    assert colab.downloads[1] == str(folder / "05-nets-ada.zip")


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (None, "over the notebook within 120 seconds"),
        ({"ipynb": None}, "over the notebook within 120 seconds"),
        ("page gone", "over the notebook (page gone)"),
    ],
)
def test_a_colab_page_that_does_not_answer_is_said_with_the_way_out(
    reply, why, shell, folder, monkeypatch, capsys
):
    colab = Colab(monkeypatch, reply)
    submit()
    said = capsys.readouterr().out
    assert said.startswith(f"✗ Colab did not hand {why}. Reload the page, run the set-up cell ")
    assert "choose File → Download → Download .ipynb and hand that file in." in said
    assert not colab.downloads
    assert not list(folder.iterdir())


def test_what_is_no_notebook_in_the_page_is_said(shell, folder, monkeypatch, capsys):
    Colab(monkeypatch, {"ipynb": {"cells": 3}})
    submit()
    assert "has no list of cells" in capsys.readouterr().out


@pytest.mark.parametrize("value", ["1", "0", ""])
def test_under_marking_it_does_nothing_and_loads_nothing(value, tmp_path: Path):
    program = (
        "import os, sys\nfrom chainrule import submit\nbefore = set(sys.modules)\nsubmit()\n"
        "print(sorted(set(sys.modules) - before), os.listdir())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"CHAINRULE_GRADING": value, "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "submit() does nothing while your work is marked.\n[] []\n"


def _inside(archive: str, name: str) -> bytes:
    with zipfile.ZipFile(archive) as opened:
        return opened.read(name)
