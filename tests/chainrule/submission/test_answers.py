"""Answered, empty or failing, from what is in the notebook alone."""

from __future__ import annotations

import pytest

from chainrule.pdf.notebook import read
from chainrule.submission.answers import ANSWERED, EMPTY, FAILING, answers
from tests.chainrule.pdf.notebooks import code, markdown, notebook, question, stream

from .sheets import FINE, RIGHT, STUB, answer, check, sheet, words

ERROR = {"output_type": "error", "ename": "NameError", "evalue": "no\nf", "traceback": []}


def found(content) -> dict[str, tuple[str, str]]:
    return {one.id: (one.status, one.why) for one in answers("n", read(content))}


@pytest.mark.parametrize(
    ("source", "said", "status"),
    [
        (RIGHT, FINE, (ANSWERED, "")),
        (RIGHT + "\n# WRITE YOUR CODE HERE", FINE, (ANSWERED, "")),
        (STUB, FINE, (EMPTY, "")),
        (f"\n{STUB}\n", ERROR, (EMPTY, "")),
        ("", FINE, (EMPTY, "")),
        (RIGHT, ERROR, (FAILING, "NameError: no f")),
        (RIGHT, stream("✓ a\n· \x1b[1mb has the wrong sign\n"), (FAILING, "b has the wrong sign")),
        (RIGHT, stream("a · b\n"), (ANSWERED, "")),
    ],
)
def test_the_status_of_a_question_in_code(source, said, status):
    assert found(sheet(source=source, said=said))["double"] == status


def test_a_cell_with_given_lines_is_empty_as_long_as_it_is_as_released():
    given = f"net = Net()\n{STUB}"
    cells = [markdown("## Q", **question("q")), answer("q", given, given), check("q", FINE)]
    assert found(notebook(*cells)) == {"q": (EMPTY, "")}
    cells[1]["source"] = "net = Net()\nnet.fit()"
    assert found(notebook(*cells)) == {"q": (ANSWERED, "")}


def test_words_are_empty_as_long_as_they_are_as_released():
    lead = "My reasons:\n\n*WRITE YOUR ANSWER HERE*"
    for written, status in ((lead, EMPTY), ("*WRITE YOUR ANSWER HERE*", EMPTY), ("Yes", ANSWERED)):
        cells = (markdown("## Q", **question("q")), words("q", written, lead))
        assert found(notebook(*cells))["q"] == (status, "")


def test_an_answer_in_a_script_counts_once_its_test_was_run():
    start, run = markdown("## Q", **question("q")), check("q", FINE)
    assert found(notebook(start, run))["q"] == (ANSWERED, "")
    left = {**check("q"), "execution_count": None}
    assert found(notebook(start, left))["q"] == (EMPTY, "its test has not been run")


def test_what_a_student_tries_out_beside_an_answer_is_not_reported():
    content = sheet()
    content["cells"].insert(3, code("1 / 0", ERROR))
    assert found(content)["double"] == (ANSWERED, "")


def test_a_question_is_listed_once_with_its_title_and_the_last_cell_not_at_all():
    content = sheet()
    content["cells"] += content["cells"][1:4]
    listed = [(one.notebook, one.id, one.title) for one in answers("n", read(content))]
    assert listed == [("n", "double", "Question 1 · Double it"), ("n", "why", "Question 2 · Why?")]


def test_a_long_complaint_is_cut():
    (status, why) = found(sheet(said=stream("· " + "x" * 500)))["double"]
    assert (status, len(why)) == (FAILING, 111)
