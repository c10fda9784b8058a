"""`chainrule submit`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import chainrule
from chainrule.cli import app
from tests.test_docs import ROOT, commands

from .sheets import NAMES, put, sheet


def run(*arguments: object):
    return CliRunner().invoke(app, ["submit", *map(str, arguments)])


def test_it_takes_the_assignment_of_the_folder_and_writes_both_files(folder):
    for name in NAMES:
        put(folder, name)
    result = run("--student", "ada")
    assert result.exit_code == 0, result.output
    assert "4 of 4 questions answered." in result.output
    assert {"05-nets-ada.pdf", "05-nets-ada.zip"} <= {path.name for path in folder.iterdir()}


def test_it_prints_json_for_scripts(folder):
    put(folder, NAMES[0], sheet(NAMES[0], "# WRITE YOUR CODE HERE", notebooks=[NAMES[0]]))
    result = run(f"{NAMES[0]}.ipynb", "--student", "ada", "--json", "-o", folder / "out")
    said = json.loads(result.stdout)
    assert (said["student"], said["missing"]) == ("ada", [])
    assert [(one["id"], one["status"]) for one in said["questions"]] == [
        ("double", "empty"),
        ("why", "answered"),
    ]
    assert (folder / "out" / "05-nets-ada.zip").is_file()


def test_without_a_terminal_it_asks_nothing_and_says_how_to_say_it(folder):
    put(folder, NAMES[0])
    result = run()
    assert (result.exit_code, result.stderr) == (
        1,
        "✗ Who are you? Write chainrule submit --student YOUR-NUMBER. Nothing was written.\n",
    )
    said = json.loads(run("--json").stdout)
    assert said == {"error": "Who are you? Write chainrule submit --student YOUR-NUMBER."}


@pytest.mark.parametrize(
    ("there", "said"),
    [
        ([], "There is no notebook in this folder. Go to the one where yours is, or name it."),
        (
            ["a/1", "b/2"],
            "Which notebook? There are: 1.ipynb, 2.ipynb. Name one of the assignment.",
        ),
    ],
)
def test_it_says_when_it_cannot_know_which_notebook(there, said, folder):
    for one in there:
        assignment, name = one.split("/")
        put(folder, name, sheet(name, assignment=assignment))
    result = run("--student", "ada")
    assert (result.exit_code, result.stderr) == (1, f"✗ {said} Nothing was written.\n")


def test_a_notebook_of_the_assignment_is_found_among_others(folder):
    put(folder, NAMES[1])
    put(folder, "a", {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    (folder / "broken.ipynb").write_text("{")
    assert run("--student", "ada").exit_code == 0
    assert (folder / "05-nets-ada.zip").is_file()


def test_a_wrong_path_is_wrong_usage(folder):
    put(folder, NAMES[0])
    result = run("1-convolutoin.ipynb")
    assert result.exit_code == 2
    assert "Did you mean 1-convolution.ipynb?" in " ".join(result.stderr.replace("│", "").split())


def test_the_students_page_can_be_typed_and_quotes_what_is_said(folder):
    for name in NAMES:
        put(folder, name)
    typed = commands("docs/handing-in.md")
    assert typed
    for program, *arguments in typed:
        assert program == "chainrule"
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, result.output
    sources = Path(chainrule.__path__[0], "submission").glob("*.py")
    said = " ".join(path.read_text("utf-8") for path in sources)
    page = (ROOT / "docs" / "handing-in.md").read_text("utf-8")
    quoted = re.findall(r"^\| \*(?:… )?([^*]+?)\.?\* \|", page, re.M)
    assert len(quoted) == 7
    for words in quoted:
        assert words in said, words
