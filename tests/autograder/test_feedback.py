"""What students read about their work, and what they do not."""

from __future__ import annotations

import html
import re
import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder.course import CourseError, load_course
from autograder.feedback.hide import hide_secrets
from autograder.feedback.notice import add_notice
from autograder.feedback.pages import write_feedback
from autograder.submission import GradedNotebook

from .conftest import ASSIGNMENT, DOUBLE_TEST, graded_cell

# Every hidden line and scheme of the toy course, by something only it has.
SECRETS = ("double(21)", "square(-12)", "adding x to itself", "CHAIN RULE", "HIDDEN", "SCHEME")


@pytest.fixture(scope="module")
def pages(graded, tmp_path_factory):
    folder = tmp_path_factory.mktemp("feedback") / "course"
    shutil.copytree(graded[0].root, folder)
    written = write_feedback(load_course(folder), ASSIGNMENT)
    assert [one.problem for one in written] == [""] * len(written)
    return {
        (one.student, page.stem): read(page.read_text()) for one in written for page in one.pages
    }


def read(page: str) -> str:
    """What a browser shows of a page."""
    page = re.sub(r"<(style|script).*?</\1>", "", page, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def test_no_page_shows_a_hidden_test_or_a_marking_scheme(pages):
    assert len(pages) == 18
    for key, page in pages.items():
        assert [secret for secret in SECRETS if secret in page] == [], key


def test_a_page_has_the_score_and_what_the_check_said(pages):
    page = pages["cy", "numbers"]
    assert "numbers (Score: 3.5 / 9.0)" in page
    assert "double(2) is 4" in page


def test_a_traceback_keeps_the_students_lines(pages):
    assert "name 'double' is not defined" in pages["eve", "numbers"]
    assert 'assert callable(double), "double should be a function"' in pages["eve", "numbers"]


def test_a_dead_kernel_is_explained_where_it_happened(pages):
    assert "The kernel died while this cell ran" in pages["dan", "numbers"]


def test_a_notebook_that_could_not_be_graded_gets_a_page_that_says_why(pages):
    assert "only a part of a notebook" in pages["gus", "numbers"]
    assert "No notebook of this name was found in what you handed in." in pages["gus", "words"]
    assert "has been kept" not in pages["gus", "words"]


def test_the_top_of_a_page_says_what_could_not_be_marked(pages):
    assert "locked cell shout had been deleted and was put back" in pages["hal", "words"]
    assert "double: kernel died" in pages["dan", "numbers"]
    assert "double: timed out" in pages["flo", "numbers"]
    assert "locked cell double had been changed" in pages["hal", "numbers"]
    assert "claimed 100 points instead of 2" in pages["hal", "numbers"]
    assert "Please read" not in pages["ada", "words"]


def test_a_page_says_which_written_answers_are_not_marked_yet(pages):
    assert "not marked yet, and counted as 0 on this page: why" in pages["ada", "numbers"]
    assert "not marked yet" not in pages["bob", "numbers"]


def test_what_a_student_typed_is_quoted_and_runs_nothing():
    page = new_notebook(cells=[])
    typed = "locked cell q had been changed; what stood there: <script>a()</script> $x$ *b*"
    add_notice(page, GradedNotebook("numbers", "graded", (), repairs=(typed,)))
    assert "<code>&lt;script&gt;a()&lt;/script&gt; $x$ *b*</code>" in page.cells[0].source
    assert "\n" not in page.cells[0].source


def test_before_grading_the_message_says_what_to_run(released):
    with pytest.raises(CourseError, match=f"Run `autograder grade {ASSIGNMENT}` first"):
        write_feedback(released, ASSIGNMENT)


def hidden(*outputs, source: str = DOUBLE_TEST):
    cell = graded_cell("double", source, 2)
    student = new_code_cell("print(In[-1])")
    cell.outputs = list(outputs)
    student.outputs = list(outputs)
    notebook = new_notebook(cells=[cell, student])
    hide_secrets(notebook)
    return nbformat.writes(notebook)


def test_frames_of_our_own_code_are_left_out():
    frame = (
        "File \x1b[32m/opt/lib/autograder/checks/toy.py:7\x1b[39m, in double(f, t)\n"
        "      6 x = t.randn(3)\n----> 7 t.close(f(x), 2 * x)"
    )
    said = hidden(new_output("error", ename="E", evalue="bad", traceback=[frame, "E: bad"]))
    assert "randn" not in said
    assert "E: bad" in said


def test_colours_do_not_save_a_hidden_line_in_a_traceback():
    red, end = "\x1b[38;5;28;01m", "\x1b[39;00m"
    secret = f"(2.0 {red}if{end} double({red}2{end}) == 4 and double(21) == 42 else {red}0.5{end})"
    frame = f"Cell {red}In[3], line 4{end}\n      3 print(1)\n{red}----> 4{end} {secret}"
    said = hidden(new_output("error", ename="E", evalue="bad", traceback=[frame, "E: bad"]))
    assert "== 42" not in said
    assert "double(21)" not in said
    assert "print(1)" in said


def test_a_hidden_assertion_does_not_give_the_expected_value_away():
    source = "### BEGIN HIDDEN TESTS\nassert f(3) == 8, f'{f(3)} is not 8'\n### END HIDDEN TESTS"
    frame = "Cell In[1], line 2\n----> 2 assert f(3) == 8, f'{f(3)} is not 8'"
    error = new_output(
        "error",
        ename="AssertionError",
        evalue="7 is not 8",
        traceback=[frame, "AssertionError: 7 is not 8"],
    )
    said = hidden(error, source=source)
    assert "is not 8" not in said
    assert "a test that is not shown did not pass" in said


def test_a_hidden_line_that_student_code_printed_is_masked():
    said = hidden(new_output("stream", name="stdout", text=DOUBLE_TEST))
    assert "double(21)" not in said.replace("\\n", "\n")
