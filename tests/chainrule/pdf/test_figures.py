"""Wide figures: their writing stays large enough to be read, and their cell stays with them."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from matplotlib.figure import Figure

from chainrule.pdf import export_pdf
from chainrule.pdf.figures import SMALLEST, SPREAD, TURNED, UPRIGHT, placement
from chainrule.worksheets import Worksheet
from tests.chainrule.pdf.notebooks import (
    code,
    data,
    encoded,
    markdown,
    notebook,
    pages,
    png,
    question,
    stream,
)


def svg(width: float, height: float, *sizes: float) -> dict:
    written = "".join(f'<text x="9" y="40" font-size="{size}">WRITING</text>' for size in sizes)
    head = f'width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}"'
    return data(
        **{"image_svg+xml": f'<svg xmlns="http://www.w3.org/2000/svg" {head}>{written}</svg>'}
    )


def wide_worksheet() -> dict:
    """The figure of a worksheet of matrices, as its notebook saves it."""
    sheet = Worksheet("deep")
    node = sheet.inputs("x")[0]
    for step in range(6):
        node = sheet.exp(node, name=f"n{step}")
        sheet.write_values(**{f"n{step}": [[1.25, -0.5], [0.125, 2.5]]})
    return data(**{"image_svg+xml": sheet.svg()})


def digit_heights(page: pypdfium2.PdfPage) -> list[float]:
    """The heights of the digits on a page, in points."""
    text = page.get_textpage()
    boxes = (
        text.get_charbox(index)
        for index in range(text.count_chars())
        if text.get_text_range(index, 1) in tuple("0258")
    )
    return [top - bottom for _, bottom, _, top in boxes]


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (svg(300, 100, 8), UPRIGHT),  # it fits
        (svg(300, 100, 4), UPRIGHT),  # no page makes it larger than it is
        (svg(520, 100, 8), UPRIGHT),  # 7.1 points
        (svg(560, 100, 8), SPREAD),
        (svg(520, 100, 9), UPRIGHT),  # 8 points
        (svg(470, 100, 8), UPRIGHT),  # 7.8 points
        (svg(700, 100, 8), TURNED),
        (svg(700, 100, 14), UPRIGHT),  # 9.2 points
        (svg(700, 100, 8, 8, 8, 5), TURNED),
        (svg(560, 100, 8, 8, 8, 5), SPREAD),  # of a subscript nobody asks
        (svg(700, 1400, 8), UPRIGHT),  # as tall as it is, landscape would make it smaller
        (svg(700, 100), UPRIGHT),  # nothing to read
        (data(image_png=encoded(png(2000, 100))), UPRIGHT),
        (data(**{"image_svg+xml": "no image"}), UPRIGHT),
        (data(**{"image_svg+xml": '<svg viewBox="0 0 0 0" font-size="8">'}), UPRIGHT),
        (stream("text"), UPRIGHT),
    ],
)
def test_a_figure_is_given_the_room_that_its_writing_needs(figure, expected):
    assert placement(figure) == expected


@pytest.mark.parametrize(
    ("inches", "expected"), [(6, UPRIGHT), (12, UPRIGHT), (14, SPREAD), (24, TURNED)]
)
@pytest.mark.parametrize("dpi", [72, 200])
def test_a_plot_is_given_the_room_that_its_ten_points_need(inches, dpi, expected):
    figure = Figure(figsize=(inches, 3), dpi=dpi)
    figure.subplots().plot([1, 2])
    file = io.BytesIO()
    figure.savefig(file, format="png")
    assert placement(data(image_png=encoded(file.getvalue()))) == expected


def test_a_wide_figure_has_a_page_in_landscape_and_its_cell_and_tests_with_it():
    made = export_pdf(
        notebook(
            markdown("## Q", **question("q")),
            code("ANSWER = 1"),
            code("FIGURE", svg(700, 120, 8)),
            code("CHECK", stream("VERDICT")),
            markdown("AFTERWARDS"),
        )
    )
    sizes = [page.get_size() for page in pypdfium2.PdfDocument(made.data)]
    assert sizes == [(612, 792), (792, 612), (612, 792)]
    first, second, third = pages(made)
    assert "ANSWER" in first
    assert all(word in second for word in ("FIGURE", "WRITING", "CHECK", "VERDICT", "page 2 of 3"))
    assert "AFTERWARDS" in third
    assert made.pages.questions[0].pages == (1, 2, 3)


def test_a_question_that_ends_in_landscape_ends_on_that_page():
    made = export_pdf(
        notebook(
            markdown("## Q", **question("q")),
            code("FIGURE", svg(700, 120, 8)),
            markdown("## R", **question("r")),
        )
    )
    assert [entry.pages for entry in made.pages.questions] == [(1, 2), (3,)]
    assert made.pages.pages == 3


def test_the_writing_in_a_wide_worksheet_is_large_enough_to_be_read():
    figure = wide_worksheet()
    assert placement(figure) == TURNED
    made = export_pdf(notebook(code("sheet", figure)))
    page = pypdfium2.PdfDocument(made.data)[0]
    assert page.get_width() > page.get_height()
    # Digits of DejaVu Sans are 0.73 of its size; those at the foot of the page are smaller.
    values = [height for height in digit_heights(page) if height > 0.6 * SMALLEST]
    assert len(values) > 30
    assert min(values) > 0.7 * SMALLEST


def test_a_long_cell_stays_on_the_page_before_its_wide_figure():
    long = "\n".join(f"line_{n} = {n}" for n in range(30))
    made = export_pdf(notebook(code(long, svg(700, 120, 8))))
    first, second = pages(made)
    assert "line_29" in first
    assert "WRITING" in second


def test_a_short_cell_goes_to_the_next_page_with_its_figure():
    filler = markdown("\n\n".join(["word " * 60] * 9))
    cell = code("FIGURE = draw()", data(image_png=encoded(png(400, 300))))
    made = export_pdf(notebook(filler, cell))
    (image_page,) = (
        number
        for number, page in enumerate(pypdfium2.PdfDocument(made.data))
        if list(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))
    )
    shown = pages(made)
    assert image_page == 1, "the figure was meant not to fit on the first page"
    assert "FIGURE" in shown[1]
    assert "FIGURE" not in shown[0]
