"""Every damaged submission is brought back to its cells, or refused with a reason to act on."""

from __future__ import annotations

import json
import re

import nbformat
import pytest
from nbformat import NotebookNode

from autograder.repair import Repaired, Unreadable, Unrepairable, repair, salvage

from . import cells, files, formats, refused  # noqa: F401 — they fill CASES
from .undamaged import CASES, NOTEBOOK, Case, released, solved, stub

WELL = [case for case in CASES.values() if not case.refused]
REFUSED = [case for case in CASES.values() if case.refused]


def by_name(cases: list[Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.name)


def repaired(data: bytes) -> Repaired:
    outcome = repair(data, released(), NOTEBOOK)
    assert isinstance(outcome, Repaired), outcome
    return outcome


def marked(notebook: NotebookNode) -> list[tuple]:
    """nbgrader's cells: all that grading depends on."""
    return [
        (cell.cell_type, cell.id, cell.source, dict(cell.metadata.nbgrader))
        for cell in notebook.cells
        if "nbgrader" in cell.metadata
    ]


def undamaged() -> NotebookNode:
    return nbformat.reads(json.dumps(solved()), as_version=4)


def test_there_are_at_least_sixty_damages_and_an_undamaged_notebook_stays_as_it_is() -> None:
    assert len(WELL) >= 60
    outcome = repaired(json.dumps(solved()).encode())
    assert outcome.repairs == ()
    assert outcome.notebook == undamaged()


@by_name(
    [case for case in WELL if not case.beside and case.name != "an_import_added_to_the_set_up"]
)
def test_the_cells_are_those_of_the_undamaged_notebook(case: Case) -> None:
    found = marked(repaired(case.handed_in()).notebook)
    for (kind, name, source, marks), now in zip(marked(undamaged()), found, strict=True):
        if name not in case.lost:
            assert normal(now[2]) == normal(source), name
        assert (now[0], now[1], now[3]) == (kind, name, marks)


def normal(source: str) -> str:
    # An answer in words that was put together has a paragraph where it was split.
    return " ".join(source.translate(PLAIN).split())


# What no keyboard types is replaced, and a fence round an answer is taken off.
PLAIN = str.maketrans("“”–", '""-', "\ufeff\u200b")
FENCES = ("```", "```python")


@by_name(WELL)
def test_what_was_repaired_is_said(case: Case) -> None:
    log = repaired(case.handed_in()).repairs
    if case.says:
        assert any(case.says in line for line in log), log
    else:
        assert log == ()
    for line in log:
        assert line.isprintable(), "it is a line of a table and of a terminal"
    if case.lost:
        assert any("hand" in line and "again" in line for line in log), log


@by_name(WELL)
def test_a_second_repair_changes_nothing(case: Case) -> None:
    first = repaired(case.handed_in())
    nbformat.validate(first.notebook)
    second = repaired(nbformat.writes(first.notebook).encode())
    assert second.notebook == first.notebook
    assert second.repairs == ()


@by_name([case for case in WELL if case.name != "a_question_of_an_earlier_release"])
def test_no_line_that_a_student_wrote_is_dropped(case: Case) -> None:
    data = case.handed_in()
    found = repaired(data).notebook
    now = " ".join(normal(cell.source) for cell in found.cells)
    given = {line.strip() for cell in released().cells for line in cell.source.split("\n")}
    for cell in salvage(data).cells:
        for line in cell.source.split("\n"):
            # Colab's badge is not the student's; the rest is, or was given out.
            if line.strip() not in (*given, *FENCES) and "colab-badge" not in line:
                assert normal(line) in now


@by_name(WELL)
def test_a_repair_leaves_the_release_as_it_is_and_is_the_same_each_time(case: Case) -> None:
    before = nbformat.writes(released())
    data = case.handed_in()
    assert repaired(data) == repaired(data)
    assert nbformat.writes(released()) == before


@by_name(REFUSED)
def test_what_cannot_be_repaired_says_why_and_what_to_do(case: Case) -> None:
    outcome = repair(case.handed_in(), released(), NOTEBOOK)
    assert isinstance(outcome, Unrepairable)
    assert case.refused in outcome.reason
    assert re.search("hand .*in|Remove", outcome.reason, re.IGNORECASE), outcome.reason


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("cut_off_behind_the_last_test", "locked cell exp_explain-question was not whole and was"),
        (
            "cut_off_behind_the_last_test",
            "answer cell exp_explain was not there and was put back without an answer; if you "
            "answered it, hand in the whole notebook again",
        ),
        (
            "cut_off_in_the_middle",
            "2 answer cells were not there and were put back without answers: exp_backward-answer, "
            "exp_explain; if you answered them, hand in the whole notebook again",
        ),
        ("an_answer_split", "answer cell exp_graph-answer was there 2 times; 2 of them hold parts"),
    ],
)
def test_what_is_said_besides(name: str, line: str) -> None:
    assert any(said.startswith(line) for said in repaired(CASES[name].handed_in()).repairs)


def test_several_locked_cells_that_were_cut_short_are_one_line() -> None:
    notebook = solved()
    for name in ("exp_graph-question", "exp_forward-question"):
        found = next(
            c for c, n in zip(notebook["cells"], names(notebook), strict=True) if n == name
        )
        found["source"] = "".join(found["source"]).rpartition("\n")[0]
    assert repaired(json.dumps(notebook).encode()).repairs == (
        "2 locked cells were not whole and were put back: exp_graph-question, exp_forward-question",
    )


def test_what_is_no_cell_and_two_lists_of_cells_are_said() -> None:
    notebook = json.dumps({**solved(), "cells": [*solved()["cells"], "a thought"]})
    assert (
        f"cell {len(solved()['cells']) + 1} of the file was no cell; its text was kept as a cell "
        "of text" in repaired(notebook.encode()).repairs
    )
    first, second = (json.dumps(part) for part in (solved()["cells"][:9], solved()["cells"][9:]))
    twice = f'{{"cells": {first}, "cells": {second}, "nbformat": 4}}'
    assert repaired(twice.encode()).repairs == (
        "the file had two lists of cells, which were joined",
    )


UNPACK = "Unpack it and hand in the notebook itself."
SAVE = "Save the notebook as .ipynb (in Jupyter: File → Download) and hand that in."


@pytest.mark.parametrize(
    ("beginning", "what", "advice"),
    [
        (b"\x1f\x8b\x08", "a compressed file (gzip)", UNPACK),
        (b"7z\xbc\xaf\x27\x1c", "a compressed file (7z)", UNPACK),
        (b"Rar!\x1a", "a compressed file (rar)", UNPACK),
        (b"\xff\xd8\xff\xe0", "a picture", SAVE),
        (b"\xd0\xcf\x11\xe0", "an Office document", SAVE),
        (b"{\\rtf1", "a text document (RTF)", SAVE),
    ],
)
def test_a_file_of_another_kind_is_called_by_its_name(beginning, what, advice) -> None:
    with pytest.raises(Unreadable) as caught:
        salvage(beginning + b" and so on")
    assert str(caught.value) == f"The file is {what}, not a notebook. {advice}"


def test_salvage_reads_what_can_be_read_and_says_why_it_cannot() -> None:
    assert len(salvage(CASES["cut_off_in_the_middle"].handed_in()).cells) == 15
    with pytest.raises(Unreadable, match="The file is empty"):
        salvage(b"\n")


# -- rules that docs/repair.md states ---------------------------------------------------------


def sources(name: str) -> list[str]:
    return [cell.source for cell in repaired(CASES[name].handed_in()).notebook.cells]


def test_versions_that_do_not_count_stay_beside_the_one_that_does() -> None:
    old, new = sources("an_older_version_above")[11:13]
    assert ("p1=0.8," in old, "p1=0.08," in new) == (True, True)
    assert "p1=0.8," in sources("an_experiment_at_the_end")[-1]


def test_the_other_side_of_a_conflict_is_kept_as_text_and_not_run() -> None:
    outcome = repaired(CASES["a_conflict_of_three_sides_with_another_answer"].handed_in())
    (kept,) = (c for c in outcome.notebook.cells if "write_values(p1=3)" in c.source)
    assert (kept.cell_type, kept.source) == (
        "markdown",
        "```python\nneuron.write_values(p1=3)\n```",
    )


def test_code_that_was_added_to_a_locked_cell_is_run_where_it_stood() -> None:
    found = sources("an_import_added_to_the_set_up")
    assert found[1:3] == [stub("setup"), "import math"]
    found = sources("an_answer_above_the_test_in_its_cell")
    place = found.index(stub("exp_backward"))
    assert "write_gradients" in found[place - 1]
    assert sources("prints_added_to_a_test")[place] == "print('so far so good')"


def test_a_locked_cell_that_was_rewritten_is_kept_as_text_and_not_run() -> None:
    outcome = repaired(CASES["a_test_rewritten"].handed_in())
    (kept,) = (c for c in outcome.notebook.cells if "assert True" in c.source)
    assert kept.cell_type == "markdown"


def test_what_was_found_elsewhere_is_not_said_to_be_missing() -> None:
    for name in (
        *("a_written_answer_merged_into_its_question", "an_answer_merged_into_the_figure_below"),
        *("a_written_answer_merged_into_the_cell_below",),
    ):
        log = repaired(CASES[name].handed_in()).repairs
        assert not any("put back without" in line for line in log), log


def test_two_answers_that_stand_beside_their_cells_are_one_line() -> None:
    notebook = solved()
    for name in ("exp_graph-answer", "exp_forward-answer"):
        place = names(notebook).index(name)
        answer, figure = notebook["cells"][place : place + 2]
        figure["source"] = [*answer["source"], "\n", *figure["source"]]
        del notebook["cells"][place]
    assert (
        "2 answer cells were not there and were put back; the code that stood beside them is run "
        "there: exp_graph-answer, exp_forward-answer. If that is not your answers, hand in the "
        "whole notebook again"
    ) in repaired(json.dumps(notebook).encode()).repairs


def names(notebook: dict) -> list[str | None]:
    return [one["metadata"].get("nbgrader", {}).get("grade_id") for one in notebook["cells"]]


def test_pictures_of_one_name_in_joined_answers_are_both_kept() -> None:
    notebook = solved()
    answered = names(notebook).index("exp_explain") + 1
    for source, content in (("two", "BBBB"), ("one", "AAAA")):
        notebook["cells"].insert(
            answered,
            {
                "cell_type": "markdown",
                "metadata": {},
                "source": f"{source} ![](attachment:image.png)",
                "attachments": {"image.png": {"image/png": content}},
            },
        )
    mended = repaired(json.dumps(notebook).encode()).notebook
    answer = mended.cells[names(mended).index("exp_explain")]
    assert "two ![](attachment:2-image.png)" in answer.source
    assert {name: dict(a) for name, a in answer.attachments.items()} == {
        "image.png": {"image/png": "AAAA"},
        "2-image.png": {"image/png": "BBBB"},
    }
