"""The running notebook is found in every place that has one."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from chainrule.submission import running
from chainrule.submission.errors import SubmissionError
from chainrule.submission.running import running_notebook

from .sheets import RIGHT, put, sheet


def test_vs_code_says_it_in_a_variable(folder, tmp_path):
    put(folder, "other")
    path = put(tmp_path / "elsewhere", "mine")
    assert running_notebook({"__vsc_ipynb_file__": str(path)}, [""]) == path


def test_a_path_of_another_machine_is_passed_over(folder):
    path = put(folder, "mine")
    assert running_notebook({"__vsc_ipynb_file__": "/Users/ada/mine.ipynb"}, [""]) == path


@pytest.mark.parametrize("said", ["nets of ada/mine.ipynb", "mine.ipynb", "{folder}/mine.ipynb"])
def test_a_server_says_it_in_the_environment_as_a_path_from_wherever(said, folder, monkeypatch):
    put(folder, "other")
    path = put(folder, "mine")
    monkeypatch.setenv("JPY_SESSION_NAME", said.format(folder=folder))
    assert running_notebook({}, [""]).samefile(path)


def test_the_name_that_vs_code_makes_up_for_a_server_is_passed_over(folder, monkeypatch):
    path = put(folder, "mine")
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "mine-jvsc-0f1e.ipynb"))
    assert running_notebook({}, [""]) == path


def test_servers_that_are_gone_or_broken_are_passed_over(folder, tmp_path, monkeypatch):
    path = put(folder, "mine")
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(running, "_kernel_id", lambda: "k-1")
    gone = {"url": "http://127.0.0.1:9/", "token": "t", "root_dir": str(folder)}
    for number, text in enumerate((json.dumps(gone), "{", "[]", '{"url": "unix+http://x"}')):
        (tmp_path / f"jpserver-{number}.json").write_text(text)
    assert running_notebook({}, [""]) == path


def test_a_server_knows_the_notebook_under_its_new_name(folder, tmp_path, monkeypatch):
    put(folder, "old")
    path = put(folder, "new")
    (tmp_path / "jpserver-1.json").write_text(json.dumps({"root_dir": str(tmp_path)}))
    sessions = [
        {"path": "old.ipynb", "kernel": {"id": "another"}},
        {"path": "console", "kernel": None},
        {"path": f"RTC:{folder.name}/new.ipynb", "kernel": {"id": "k-1"}},
    ]
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "old.ipynb"))
    monkeypatch.setattr(running, "_kernel_id", lambda: "k-1")
    monkeypatch.setattr(running, "_sessions", lambda server: sessions)
    assert running_notebook({}, [""]) == path


def test_of_several_in_the_folder_it_is_the_one_that_was_run(folder):
    put(folder, "other", sheet("other", "def g(x):\n    return 0"))
    path = put(folder, "mine")
    assert running_notebook({}, ["", RIGHT, "submit()"]) == path


def test_of_several_that_cannot_be_told_apart_the_student_says_which(folder):
    put(folder, "a"), put(folder, "b")
    (folder / "broken.ipynb").write_text("{")
    with pytest.raises(SubmissionError) as caught:
        running_notebook({}, ["", RIGHT, "submit()"])
    assert str(caught.value) == (
        "Which of these notebooks is this one? a.ipynb, b.ipynb, broken.ipynb. Say which one it "
        'is: submit(notebook="my-notebook.ipynb").'
    )


def test_where_there_is_none_the_message_names_the_folder(folder: Path):
    with pytest.raises(SubmissionError, match=r"there is none in .*nets of ada. Say which one"):
        running_notebook({}, [""])
    assert not os.listdir(folder)
