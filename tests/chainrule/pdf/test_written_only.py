"""What a person marks, by itself: the question and the written answer, and where they are."""

from __future__ import annotations

import pytest

from chainrule.pdf import export_pdf, export_template
from tests.chainrule.pdf.notebooks import (
    attached,
    code,
    graded,
    markdown,
    notebook,
    pages,
    question,
    stream,
    text,
)


@pytest.fixture(scope="module")
def mixed():
    return notebook(
        markdown("# Sheet\n\nPREFACE"),
        markdown("## Question 1\n\nCODE PROMPT", **question("code")),
        code("ANSWER = 1", nbgrader={"grade_id": "code-answer", "solution": True}),
        code("check(ANSWER)", stream("VERDICT"), **graded("code", 2, solution=False)),
        markdown("## Question 2\n\nBOTH PROMPT", **question("both")),
        code("COMPUTED = 2", nbgrader={"grade_id": "both-answer", "solution": True}),
        code("check(COMPUTED)", **graded("both", 1, solution=False)),
        markdown("WRITTEN ANSWER", **graded("both-why", 3, solution=True)),
        code("MY_OWN_CELL = 1", stream("of the student")),
        markdown("TEACHING", **question(None)),
        markdown("## Question 3\n\nPLOT PROMPT", **question("plot")),
        code("PLOT = draw()", **graded("plot", 4, solution=True)),
        markdown("## Question 4", **question("task")),
        markdown("TASK PROMPT", nbgrader={"grade_id": "task", "task": True, "points": 5}),
        markdown("TASK ANSWER"),
    )


@pytest.fixture(scope="module")
def written(mixed):
    return export_pdf(mixed, written_only=True)


def test_what_a_person_marks_is_there_with_its_prompt(written):
    shown = text(written)
    for wanted in ("BOTH PROMPT", "WRITTEN ANSWER", "PLOT PROMPT", "PLOT = draw()"):
        assert wanted in shown
    for wanted in ("TASK PROMPT", "TASK ANSWER", "MY_OWN_CELL"):
        assert wanted in shown


def test_what_a_machine_marks_is_not(written):
    shown = text(written)
    for other in ("PREFACE", "CODE PROMPT", "ANSWER = 1", "VERDICT", "COMPUTED", "TEACHING"):
        assert other not in shown


def test_the_page_map_holds_the_points_that_a_person_gives(written):
    found = [
        (q["id"], q["points"], q["marked"], q["pages"]) for q in attached(written)["questions"]
    ]
    assert found == [
        ("both", 3, "manual", [1]),
        ("plot", 4, "manual", [2]),
        ("task", 5, "manual", [3]),
    ]


def test_a_notebook_without_such_a_question_says_so():
    made = export_pdf(notebook(markdown("# Sheet\n\nPREFACE")), written_only=True)
    assert "No question of this notebook is marked by a person" in text(made)
    assert "PREFACE" not in text(made)


def test_a_notebook_that_cannot_be_read_still_says_so(tmp_path):
    path = tmp_path / "hw.ipynb"
    path.write_text("<html>")
    assert "could not be read" in text(export_pdf(path, written_only=True))


def test_the_same_pages_for_everybody_work_for_written_answers_too(mixed):
    blank, shape = export_template(mixed, written_only=True)
    longer = notebook(*mixed["cells"])
    longer["cells"] = [dict(cell) for cell in mixed["cells"]]
    longer["cells"][7]["source"] = "A long answer to the question. " * 500 + "LASTWORD"
    made = export_pdf(longer, written_only=True, fixed=shape)
    assert made.pages == blank.pages
    assert "LASTWORD" in pages(made)[0]
