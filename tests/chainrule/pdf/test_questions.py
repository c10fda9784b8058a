"""Each question on its own pages, and a page map that says which."""

from __future__ import annotations

from importlib import resources

import pypdfium2
import pytest
import typst

from chainrule.pdf import PageMap, document, export_pdf
from chainrule.pdf.document import Heading
from chainrule.pdf.notebook import read
from tests.chainrule.pdf.notebooks import (
    attached,
    code,
    data,
    encoded,
    graded,
    markdown,
    notebook,
    pages,
    png,
    question,
    stream,
    text,
)

STUB = "*WRITE YOUR ANSWER HERE*"
WIDE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="700pt" height="120pt" viewBox="0 0 700 120">'
    '<title>Wide</title><text x="300" y="60" font-size="8">WIDE</text></svg>'
)


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


def test_the_page_map_is_attached_to_the_pdf(assignment):
    assert attached(assignment) == assignment.pages.to_json()
    assert PageMap.from_json(attached(assignment)) == assignment.pages


def test_nothing_a_student_calls_a_question_breaks_the_page_map():
    name = 'q"}, pages: (1,)) \\u{202e} \x00 #panic()'
    made = export_pdf(
        notebook(
            markdown(f"## {name} $\\frac", **question(name)), markdown("## R", **question("r"))
        )
    )
    first, second = attached(made)["questions"]
    assert (first["pages"], second["pages"]) == ([1], [2])
    assert "#panic()" in first["id"]
    assert made.pages.to_json() == attached(made)


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


@pytest.mark.parametrize(
    ("lines", "closing", "pages_taken"),
    [(5, "GOODBYE", 1), (50, "GOODBYE\n\n" * 7, 2), (5, "GOODBYE\n\n" * 14, 2)],
)
def test_a_short_text_after_the_last_question_stays_on_its_page_if_it_fits(
    lines, closing, pages_taken
):
    answer = code("1", stream("\n".join("0" for _ in range(lines))))
    last = (markdown("## Question 1", **question("one")), answer)
    made = export_pdf(notebook(*last, markdown("## The end\n\n" + closing, **question(None))))
    found = pages(made)
    assert made.pages.questions[0].pages == (1,)
    assert len(found) == made.pages.pages == pages_taken
    assert "GOODBYE" in found[-1]
    assert ["Question 1 page" in page for page in found] == [True, False][:pages_taken]


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


@pytest.mark.parametrize(
    "source",
    [
        "# WRITE YOUR CODE HERE",
        "# YOUR CODE HERE\nraise NotImplementedError()",
        "GIVEN = 1\n# WRITE YOUR CODE HERE\n",
        "GIVEN.write(\n    # WRITE YOUR CODE HERE\n)",
        "def GIVEN(x):\n    # WRITE YOUR CODE HERE\n    pass",
        "",
    ],
)
def test_missing_code_is_an_empty_box_below_what_is_given(source):
    answer = {"nbgrader": {"grade_id": "a", "solution": True}}
    made = export_pdf(notebook(code(source, **answer)))
    (shown,) = pages(made)
    assert "no answer" in shown or "nothing is written below" in shown
    assert ("GIVEN" in shown) == ("GIVEN" in source)


@pytest.mark.parametrize(
    "source",
    [
        "# WRITE YOUR CODE HERE\nx = 1",
        "GIVEN.write(\n    # WRITE YOUR CODE HERE\n    q=3,\n)",
        "# WRITE YOUR CODE HERE\n# I do not know",
        "x = 1",
    ],
)
def test_code_below_the_stub_is_an_answer(source):
    answer = {"nbgrader": {"grade_id": "a", "solution": True}}
    shown = text(export_pdf(notebook(code(source, **answer))))
    assert "nothing is written" not in shown
    assert "no answer" not in shown


def test_a_stub_in_a_cell_that_asks_for_nothing_is_just_code():
    assert "YOUR CODE HERE" in text(export_pdf(notebook(code("# YOUR CODE HERE"))))


def test_a_question_that_nbgrader_calls_a_task_is_marked_by_a_person():
    task = {"nbgrader": {"grade_id": "t", "task": True, "points": 5}}
    made = export_pdf(notebook(markdown("## Q", **question("q")), markdown("Do it.", **task)))
    assert [(q.points, q.marked) for q in made.pages.questions] == [(5, "manual")]


def test_what_is_read_aloud_is_in_order_and_described(tmp_path):
    """The checks of PDF/UA-1: headings in order, all text in fonts, images and maths described."""
    cells = (
        markdown("# Title\n\n## Part\n\n### Detail\n\n$x^2$"),
        markdown("## Question\n\n- $$y$$", **question("q")),
        code("draw()", data(image_png=encoded(png(300, 200)))),
        markdown(STUB, **graded("q", 1, solution=True)),
        code("wide()", data(**{"image_svg+xml": WIDE})),
    )
    made = document.build(read(notebook(*cells)), Heading("", student="Ada"))
    template = resources.files("chainrule.pdf") / "document.typ"
    files = {"document.typ": template.read_bytes(), **made.pieces.files}
    files |= {"pieces.typ": made.pieces.typst().encode(), "main.typ": made.typst().encode()}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    assert typst.compile(tmp_path / "main.typ", format="pdf", pdf_standards="ua-1")


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
