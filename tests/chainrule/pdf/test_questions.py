"""Each question on its own pages, and a page map that says which."""

from __future__ import annotations

import pypdfium2
import pytest

from chainrule.pdf import export_pdf
from tests.chainrule.pdf.notebooks import (
    code,
    graded,
    markdown,
    notebook,
    pages,
    question,
    stream,
)

STUB = "*WRITE YOUR ANSWER HERE*"


@pytest.fixture(scope="module")
def assignment():
    return export_pdf(
        notebook(
            markdown("# Neurons\n\nPREFACE"),
            markdown("## Question 1: forward", **question("forward")),
            code("FORWARD = 1", stream("\n".join(f"row {n}" for n in range(90)))),
            code("assert FORWARD", **graded("forward", 2, solution=False)),
            markdown("## Question 2: *why* $x^2$", **question("why")),
            markdown("BECAUSE", **graded("why", 1.5, solution=True)),
            markdown("INTERLUDE", **question(None)),
            markdown("## Question 3", **question("mixed")),
            code("assert True", **graded("mixed", 1, solution=False)),
            markdown(STUB, **graded("mixed-why", 2, solution=True)),
        ),
        student="Ada Example (A1)",
        course="Deep Learning",
        assignment="Worksheets",
    )


def test_the_page_map_names_every_question_with_points_and_marking(assignment):
    found = assignment.pages.to_json()
    assert [
        (entry["id"], entry["title"], entry["points"], entry["marked"])
        for entry in found["questions"]
    ] == [
        ("forward", "Question 1: forward", 2, "automatic"),
        ("why", "Question 2: why $x^2$", 1.5, "manual"),
        ("mixed", "Question 3", 3, "both"),
    ]
    assert found["pages"] == len(pages(assignment))


def test_the_page_map_agrees_with_the_text_of_the_pages(assignment):
    shown = pages(assignment)
    spans = {entry.id: entry.pages for entry in assignment.pages.questions}
    first, last = spans["forward"][0], spans["forward"][-1]
    assert last > first, "the question was meant to need two pages"
    assert "Question 1: forward" in shown[first - 1]
    assert "row 89" in shown[last - 1]
    assert "BECAUSE" in shown[spans["why"][0] - 1]
    assert "no answer" in shown[spans["mixed"][0] - 1]


def test_every_question_and_the_teaching_after_it_start_a_page(assignment):
    owners = [page for entry in assignment.pages.questions for page in entry.pages]
    assert len(owners) == len(set(owners))
    for number, page in enumerate(pages(assignment), start=1):
        assert ("PREFACE" in page or "INTERLUDE" in page) != (number in owners)


def test_each_page_says_whose_it_is_and_which(assignment):
    shown = pages(assignment)
    for number, page in enumerate(shown, start=1):
        assert "Ada Example (A1)" in page
        assert "Worksheets" in page
        assert "Deep Learning" in page
        assert f"page {number} of {len(shown)}" in page


def test_bookmarks_lead_to_the_questions(assignment):
    document = pypdfium2.PdfDocument(assignment.data)
    marks = [(mark.get_title(), mark.get_dest().get_index() + 1) for mark in document.get_toc()]
    assert [page for _, page in marks] == [entry.pages[0] for entry in assignment.pages.questions]
    assert marks[0][0] == "Question 1: forward"


def test_the_document_carries_title_author_and_tags(assignment):
    document = pypdfium2.PdfDocument(assignment.data)
    assert document.get_metadata_value("Title") == "Neurons"
    assert document.get_metadata_value("Author") == "Ada Example (A1)"
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document)


def test_a_question_at_the_very_start_does_not_leave_a_page_with_nothing_but_the_title():
    made = export_pdf(notebook(markdown("# Title"), markdown("## Q", **question("q"))))
    assert made.pages.questions[0].pages == (1,)


def test_a_copied_question_is_one_entry_with_all_its_pages_and_its_points_once():
    cells = (
        markdown("## Q", **question("q")),
        code("assert 1", **graded("q", 4, solution=False)),
    )
    made = export_pdf(notebook(*cells, *cells))
    (entry,) = made.pages.questions
    assert entry.pages == (1, 2)
    assert entry.points == 4


@pytest.mark.parametrize("answer", [STUB, "", "  \n", "YOUR ANSWER HERE"])
def test_a_missing_answer_is_an_empty_box_and_not_nothing(answer):
    made = export_pdf(notebook(markdown(answer, **graded("why", 1, solution=True))))
    assert "no answer" in pages(made)[0]
    assert "WRITE" not in pages(made)[0]


def test_a_question_cell_without_a_heading_is_called_by_its_id():
    made = export_pdf(notebook(markdown("just text", **question("bias_b2"))))
    assert made.pages.questions[0].title == "bias_b2"
    assert "bias_b2" in pages(made)[0]


def test_senseless_points_count_as_none():
    made = export_pdf(
        notebook(
            markdown("## Q", **question("q")),
            code("", nbgrader={"grade": True, "grade_id": ["q"], "points": float("nan")}),
        )
    )
    assert made.pages.to_json()["questions"][0]["points"] == 0
