"""Hidden tests and marking schemes stay hidden, in tracebacks too."""

from __future__ import annotations

import pypdfium2

from chainrule.pdf import export_pdf
from tests.chainrule.pdf.notebooks import code, markdown, notebook, text

SOURCE = """assert visible(1) == 2
### BEGIN HIDDEN TESTS
expected = secret_helper(3)
assert answer(3) == 41, "it should be 41"
### END HIDDEN TESTS
print("after")"""

TRACEBACK = [
    "\x1b[31mAssertionError\x1b[39m    Traceback (most recent call last)",
    "\x1b[32m      1\x1b[39m assert visible(1) == 2\n"
    "\x1b[32m      3\x1b[39m expected = \x1b[1msecret_helper\x1b[0m(3)\n"
    '\x1b[32m----> 4\x1b[39m assert answer(3) == \x1b[32m41\x1b[39m, \x1b[33m"it should be 41"',
    "\x1b[31mAssertionError\x1b[39m: it should be 41",
]
ERROR = {
    "output_type": "error",
    "ename": "AssertionError",
    "evalue": "it should be 41",
    "traceback": TRACEBACK,
}


def test_hidden_tests_show_neither_in_source_nor_in_tracebacks():
    found = text(export_pdf(notebook(code(SOURCE, ERROR))))
    for secret in ("secret_helper", "41", "HIDDEN TESTS"):
        assert secret not in found
    assert "visible(1)" in found
    assert "after" in found
    assert "AssertionError [hidden test]" in found


def test_hidden_lines_are_masked_in_the_traceback_of_any_cell():
    other = {**ERROR, "traceback": ["----> 3 expected = secret_helper(3)"]}
    found = text(export_pdf(notebook(code(SOURCE), code("x", other))))
    assert "secret_helper" not in found


def test_a_traceback_that_meets_no_hidden_line_is_whole():
    error = {**ERROR, "traceback": ["----> 1 assert visible(1) == 2", "AssertionError: got 3"]}
    assert "AssertionError: got 3" in text(export_pdf(notebook(code(SOURCE, error))))


def test_a_marking_scheme_does_not_show():
    source = (
        "Explain.\n\n### BEGIN MARK SCHEME\n2 points for SECRET\n### END MARK SCHEME\n\nBriefly."
    )
    found = text(export_pdf(notebook(markdown(source))))
    assert "SECRET" not in found
    assert "SCHEME" not in found
    assert "Briefly." in found


def test_the_instructor_sees_a_marking_scheme_line_by_line_and_without_its_marks():
    source = "Explain.\n\n### BEGIN MARK SCHEME\n1 point: A\n2 points: B\n### END MARK SCHEME"
    page = pypdfium2.PdfDocument(export_pdf(notebook(markdown(source)), instructor=True).data)[0]
    found = page.get_textpage().get_text_bounded()
    assert "Marking scheme\r\n1 point: A\r\n2 points: B" in found
    assert "BEGIN" not in found
    assert "END" not in found


def test_a_region_that_is_never_closed_hides_the_rest():
    found = text(export_pdf(notebook(code("a = 1\n# BEGIN HIDDEN TESTS\nSECRET = 2"))))
    assert "a = 1" in found
    assert "SECRET" not in found


def test_the_instructor_sees_everything():
    found = text(export_pdf(notebook(code(SOURCE, ERROR)), instructor=True))
    assert "secret_helper" in found
    assert "it should be 41" in found
