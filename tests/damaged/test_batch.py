"""All damaged submissions in one class: each gets the points of the undamaged one, or a reason."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from autograder.course import Course, load_course
from autograder.feedback.pages import write_feedback
from autograder.grading.run import grade
from autograder.pdf.run import write_pdfs
from autograder.release import release
from autograder.submission import Graded

from . import cells, files, formats, refused  # noqa: F401 — they fill CASES
from .undamaged import ASSIGNMENT, CASES, NOTEBOOK, PROJECT, Case, dumps, solved

UNDAMAGED = "undamaged"
ANSWER = {"exp_graph-answer", "exp_forward-answer", "exp_backward-answer"}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, dict[str, Graded]]:
    root = tmp_path_factory.mktemp("damaged")
    config = (PROJECT / "nbgrader_config.py").read_text("utf-8")
    (root / "nbgrader_config.py").write_text(config + "\nc.Sandbox.allow_unisolated = True\n")
    source = root / "source" / ASSIGNMENT
    source.mkdir(parents=True)
    shutil.copy(PROJECT / "source" / ASSIGNMENT / f"{NOTEBOOK}.ipynb", source)
    course = load_course(root)
    release(course, ASSIGNMENT)
    handed_in = {name: case.handed_in() for name, case in CASES.items()}
    for name, data in {**handed_in, UNDAMAGED: dumps(solved()).encode()}.items():
        folder = course.path("submitted", ASSIGNMENT, name)
        folder.mkdir(parents=True)
        (folder / f"{NOTEBOOK}.ipynb").write_bytes(data)
    rows = {row.student: row for row in grade(course, ASSIGNMENT, workers=2)}
    for name, data in handed_in.items():
        kept = course.path("submitted", ASSIGNMENT, name) / f"{NOTEBOOK}.ipynb"
        assert kept.read_bytes() == data, "what came is kept as it came"
    return course, rows


def points(row: Graded) -> dict[str, float | None]:
    return {cell.id: cell.points for cell in row.notebooks[0].cells}


@pytest.mark.parametrize("case", CASES.values(), ids=lambda case: case.name)
def test_the_points_are_those_of_the_undamaged_notebook(graded, case: Case) -> None:
    _, rows = graded
    (notebook,) = rows[case.name].notebooks
    full = points(rows[UNDAMAGED])
    if case.refused:
        assert notebook.status == "unreadable"
        assert case.refused in notebook.reason
        assert set(points(rows[case.name]).values()) == {0}
        return
    assert notebook.status == "graded"
    lost = {name.removesuffix("-answer") for name in case.lost}
    for name, earned in points(rows[case.name]).items():
        if name not in lost:
            assert earned == full[name], (name, rows[case.name].trouble)
    if case.says:
        assert any(case.says in line for line in rows[case.name].trouble)


def test_the_undamaged_notebook_has_all_points_and_one_answer_to_mark(graded) -> None:
    row = graded[1][UNDAMAGED]
    assert (row.automatic_points, row.max_automatic_points, row.pending) == (8, 8, 1)
    assert row.trouble == ()


def test_students_read_what_was_repaired_and_instructors_see_it_in_the_table(graded) -> None:
    course, _ = graded
    (feedback,) = write_feedback(course, ASSIGNMENT, "a_test_rewritten")
    page = feedback.pages[0].read_text("utf-8")
    assert "locked cell exp_graph had been changed and was put back" in page
    assert "<code>assert True</code>" in page
    (feedback,) = write_feedback(course, ASSIGNMENT, "a_pdf")
    assert "The file is a PDF, not a notebook." in feedback.pages[0].read_text("utf-8")
    table = (course.root / "grades" / f"{ASSIGNMENT}.csv").read_text("utf-8")
    assert "the file breaks off at cell 15" in table


def test_the_pdf_shows_the_repaired_notebook(graded) -> None:
    import pypdfium2

    course, _ = graded
    (made,) = write_pdfs(course, ASSIGNMENT, student="names_and_ids_lost", workers=1)
    assert made.problems == ()
    text = "".join(
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made.file)
    )
    assert "Question 1" in text
    pages = json.loads(Path(made.file).with_suffix(".json").read_text("utf-8"))
    assert len(pages["questions"]) == 4
