"""Fixed length: whatever is handed in, everybody's PDF has the same pages for the same question."""

from __future__ import annotations

import copy
import json

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chainrule.pdf import (
    Pdf,
    UnreadableNotebookError,
    export_pdf,
    export_template,
    press,
    shape_of,
)
from chainrule.pdf.fitting import Fit, fitted
from chainrule.pdf.press import Jam
from tests.chainrule.pdf.notebooks import (
    attached,
    code,
    data,
    encoded,
    graded,
    image_sizes,
    markdown,
    notebook,
    pages,
    png,
    question,
    stream,
)

STUB = "*WRITE YOUR ANSWER HERE*"
LOREM = "The gradient of a sum is passed on to each of its terms unchanged. " * 6
TABLE = "| step | value |\n|---|---|\n" + "\n".join(f"| {n} | ROW{n} |" for n in range(150))
HTML_TABLE = (
    "<table><thead><tr><th>n</th></tr></thead><tbody>"
    + "".join(f"<tr><td>CELL{n}</td></tr>" for n in range(100))
    + "</tbody></table>"
)
WIDE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="700pt" height="120pt" viewBox="0 0 700 120">'
    '<text x="300" y="60" font-size="8">WIDE</text></svg>'
)


def released():
    return notebook(
        markdown("# Neurons\n\nPREFACE"),
        markdown("## Question 1: why", chainrule={"question": "why"}),
        markdown(STUB, **graded("why", 2, solution=True)),
        markdown("## Question 2: draw", chainrule={"question": "draw", "pages": 2}),
        code("# WRITE YOUR CODE HERE", **solution("draw-answer")),
        code("check()", **graded("draw", 3, solution=False)),
        markdown("INTERLUDE", **question(None)),
        code("plot()"),
        markdown("## Question 3: table", chainrule={"question": "table", "pages": 1}),
        markdown(STUB, **graded("table", 1, solution=True)),
    )


def solution(name):
    return {"nbgrader": {"grade_id": name, "grade": False, "solution": True}}


WHY, DRAW, TABLE_ANSWER = 2, 4, 9  # the places of the answers in the released notebook


def submission(edit):
    """The released notebook, changed in place by `edit`, which is given its cells."""
    made = released()
    edit(made["cells"])
    return made


def writes(place, text):
    return lambda cells: cells[place].update(source=text)


def shows(place, *outputs):
    def edit(cells):
        cells[place].update(source="draw()", outputs=list(outputs))

    return edit


def everything(cells):
    writes(WHY, (LOREM + "\n\n") * 30)(cells)
    shows(DRAW, *[data(image_png=encoded(png(500, 700)))] * 5)(cells)
    writes(TABLE_ANSWER, TABLE)(cells)


def tall_title(cells):
    cells[0]["source"] = "# " + "TITLE " * 2000 + "\n\nPREFACE"


def far_too_much(cells):
    # In many cells, because of one cell only so much is shown.
    cells[WHY + 1 : WHY + 1] = [markdown((LOREM + "\n\n") * 120) for _ in range(10)]


def lies_about_its_pages(cells):
    for cell in cells:
        if "chainrule" in cell["metadata"]:
            cell["metadata"]["chainrule"]["pages"] = 40


SUBMISSIONS = {
    "nothing written": lambda cells: None,
    "short answers": writes(WHY, "BECAUSE"),
    "overflow by text": writes(WHY, (LOREM + "\n\n") * 30 + "LASTWORD"),
    "overflow by one image": shows(DRAW, *[data(image_png=encoded(png(600, 760)))] * 3),
    "overflow by images and text": shows(
        DRAW, *[data(image_png=encoded(png(500, 700))), stream("line\n" * 100)] * 3
    ),
    "overflow by a table": writes(TABLE_ANSWER, TABLE),
    "overflow by a data frame": shows(DRAW, *[data(text_html=HTML_TABLE)] * 3),
    "overflow everywhere": everything,
    "overflow of the teaching": shows(7, *[data(image_png=encoded(png(500, 600)))] * 4),
    "a figure in landscape": shows(DRAW, data(**{"image_svg+xml": WIDE})),
    "a question deleted": lambda cells: cells.__delitem__(slice(3, 6)),
    "a question twice": lambda cells: cells.extend(copy.deepcopy(cells[1:3])),
    "questions in another order": lambda cells: cells.insert(1, cells.pop(8)),
    "the teaching deleted": lambda cells: cells.__delitem__(slice(6, 8)),
    "a question of one's own": lambda cells: cells.insert(3, markdown("## Mine", **question("me"))),
    "a title without end": tall_title,
    "a question's title without end": writes(1, "## " + "QUESTION " * 2000),
    "cells before the first": lambda cells: cells.insert(0, markdown("MINE", **question("mine"))),
    "lies about the pages": lies_about_its_pages,
    "far too much": far_too_much,
    "no cells at all": lambda cells: cells.clear(),
}


@pytest.fixture(scope="module")
def blank():
    return export_template(released(), course="Deep Learning")


@pytest.fixture(scope="module")
def made(blank) -> dict[str, Pdf]:
    return {
        name: export_pdf(submission(edit), fixed=blank[1], student="Ada")
        for name, edit in SUBMISSIONS.items()
    }


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_every_submission_has_the_pages_of_the_template(name, made, blank):
    pdf, template = made[name], blank[0]
    assert len(pypdfium2.PdfDocument(pdf.data)) == template.pages.pages
    assert pdf.pages == template.pages
    assert attached(pdf) == pdf.pages.to_json()


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_the_foot_of_each_page_names_the_question_that_the_map_says(name, made):
    pdf = made[name]
    owners = {page: entry.id for entry in pdf.pages.questions for page in entry.pages}
    headings = {"why": "Question 1", "draw": "Question 2", "table": "Question 3"}
    for number, page in enumerate(pages(pdf), start=1):
        foot = page[-60:]
        assert foot.endswith(f"page {number} of {pdf.pages.pages}")
        assert [owner for owner in headings if headings[owner] in foot] == (
            [owners[number]] if number in owners else []
        )


def test_a_question_that_overflows_is_shown_smaller_as_a_whole_and_loses_nothing(made):
    shown = "".join(pages(made["overflow by text"]))
    assert shown.count("The gradient of a sum") == 6 * 30
    assert "LASTWORD" in shown
    table = "".join(pages(made["overflow by a table"]))
    assert all(f"ROW{n}" in table for n in range(150))
    frame = "".join(pages(made["overflow by a data frame"]))
    assert frame.count("CELL99") == 3
    sizes = image_sizes(made["overflow by one image"])
    assert len(sizes) == 3
    # Three pages of image on two: each is smaller, and keeps its proportions.
    assert all(width < 440 and abs(width / height - 600 / 760) < 0.02 for width, height in sizes)


def test_an_overflow_is_reported_with_the_question_and_by_how_much(made):
    (problem,) = (p for p in made["overflow by text"].problems if "pages" in p.what)
    assert problem.cell == WHY
    assert "Question 1: why" in problem.what
    assert "has 1" in problem.what
    assert "% of its size" in problem.what
    reported = [p.cell for p in made["overflow everywhere"].problems if "its size" in p.what]
    assert reported == [2, 4, 9]


def test_nothing_is_reported_of_what_fits(made):
    for name in ("nothing written", "short answers", "a figure in landscape"):
        assert not any("size" in problem.what for problem in made[name].problems)


def test_what_fits_at_no_size_says_so_in_its_place_and_in_the_report(made):
    pdf = made["far too much"]
    why = next(entry for entry in pdf.pages.questions if entry.id == "why")
    assert "much too long for its pages" in pages(pdf)[why.pages[0] - 1]
    assert any("at any size" in problem.what for problem in pdf.problems)


def test_text_is_as_large_as_fits_but_for_a_twentieth():
    edits = {n: submission(writes(WHY, (LOREM + "\n\n") * n)) for n in (3, 12)}
    shape = shape_of(released())
    fits, shrunk = (export_pdf(edit, fixed=shape) for edit in edits.values())
    assert not any("its size" in problem.what for problem in fits.problems)
    (said,) = (problem.what for problem in shrunk.problems if "its size" in problem.what)
    # Twelve paragraphs of seven lines are a page and three quarters.
    assert 60 < int(said.split("%")[0].split()[-1]) < 95


def test_a_deleted_question_says_that_it_is_not_there(made):
    pdf = made["a question deleted"]
    draw = next(entry for entry in pdf.pages.questions if entry.id == "draw")
    assert "this question is not in the notebook" in pages(pdf)[draw.pages[0] - 1]


def test_a_figure_in_landscape_has_its_page_if_the_question_has_it(made):
    pdf = made["a figure in landscape"]
    draw = next(entry for entry in pdf.pages.questions if entry.id == "draw")
    wide = [page.get_width() > page.get_height() for page in pypdfium2.PdfDocument(pdf.data)]
    assert [number for number, is_wide in enumerate(wide, start=1) if is_wide] == [draw.pages[1]]


def test_the_template_has_lines_for_a_name_and_boxes_without_words(blank):
    shown = pages(blank[0])
    assert all("name" in page and "id" in page for page in shown)
    assert not any("no answer" in page for page in shown)
    assert not any("WRITE YOUR ANSWER" in page for page in shown)


def test_pages_come_from_the_metadata_of_the_first_cell_or_from_what_is_released(blank):
    budget = {slot.key[1]: slot.pages for slot in blank[1].slots if slot.question}
    assert budget == {"why": 1, "draw": 2, "table": 1}


@pytest.mark.parametrize("pages", [0, -3, 2.5, "2", True, None, 1000])
def test_senseless_numbers_of_pages_count_as_none(pages):
    asked = notebook(markdown("## Q", chainrule={"question": "q", "pages": pages}))
    assert [slot.pages for slot in shape_of(asked).slots] == [1]


def test_a_released_notebook_with_long_teaching_gives_it_its_pages():
    long = notebook(markdown("\n\n".join([LOREM] * 20)), markdown("## Q", **question("q")))
    teaching, asked = shape_of(long).slots
    assert teaching.pages == export_pdf(long).pages.pages - 1
    assert teaching.pages > 1
    assert asked.pages == 1


def test_an_unreadable_submission_has_the_same_pages_and_says_so(blank, tmp_path):
    path = tmp_path / "hw.ipynb"
    path.write_text("{")
    pdf = export_pdf(path, fixed=blank[1], name="notebook")
    assert pdf.failed
    assert pdf.pages == blank[0].pages
    assert "could not be read" in " ".join(pages(pdf))


def test_the_released_notebook_must_be_one(tmp_path):
    path = tmp_path / "hw.ipynb"
    path.write_text(json.dumps([]))
    with pytest.raises(UnreadableNotebookError):
        export_template(path)


def test_what_is_handed_in_for_an_empty_notebook_is_shown_on_its_page():
    pdf = export_pdf(notebook(markdown("MY WORK")), fixed=shape_of(notebook()))
    assert pdf.pages.pages == 1
    assert "MY WORK" in pages(pdf)[0]


def test_a_preface_of_ones_own_does_not_give_the_question_its_name():
    asked = notebook(markdown("## Question 1: why", **question("why")))
    own = notebook(markdown("## MINE"), *asked["cells"])
    (page,) = pages(export_pdf(own, fixed=shape_of(asked)))
    assert page.endswith("Question 1: why page 1 of 1")


def test_what_cannot_be_set_at_all_has_the_same_pages(blank, monkeypatch):
    real = press.compile_pdf

    def jammed(root, *rest):
        if "UNSETTABLE" in (root / "main.typ").read_text():
            return Jam("it was meant to")
        return real(root, *rest)

    monkeypatch.setattr(press, "compile_pdf", jammed)
    pdf = export_pdf(submission(writes(0, "UNSETTABLE")), fixed=blank[1])
    assert pdf.failed
    assert pdf.pages == blank[0].pages


def test_the_size_is_found_by_halving_for_all_long_sections_at_once():
    asked = []

    def measure(fits):
        asked.append(fits)
        # Section 1 fits on its page at half its size, section 2 at none.
        return {part: 1 if part == 1 and fit.size <= 0.5 else 9 for part, fit in fits.items()}

    fits = fitted({0: 1, 1: 3, 2: 9, 3: 2}, {0: 1, 1: 1, 2: 4, 3: 5}, measure)
    assert 0.48 < fits[1].size <= 0.5
    assert fits[2] == Fit(1.0, blanks=3, given_up=True)
    assert fits[3] == Fit(1.0, blanks=3)
    assert 0 not in fits
    assert len(asked) == 7


CELLS = st.one_of(
    st.sampled_from(released()["cells"]),
    st.builds(markdown, st.text(max_size=60)),
    st.builds(
        lambda words, times: markdown(words * times), st.text(max_size=30), st.integers(0, 99)
    ),
    st.builds(code, st.text(max_size=60), st.builds(stream, st.text(max_size=200))),
    st.sampled_from(["why", "draw", None, "", "else"]).map(
        lambda name: markdown("", **question(name))
    ),
    st.just(code("wide", data(**{"image_svg+xml": WIDE}))),
    st.just(code("tall", data(image_png=encoded(png(300, 900))))),
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(cells=st.lists(CELLS, max_size=12))
def test_no_notebook_changes_the_pages(cells, blank):
    pdf = export_pdf(notebook(*cells), fixed=blank[1])
    assert pdf.pages == blank[0].pages
    assert len(pypdfium2.PdfDocument(pdf.data)) == pdf.pages.pages
