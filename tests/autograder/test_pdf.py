"""The class's PDFs: the same pages for everybody, written answers only, and the instructor's."""

from __future__ import annotations

import json
import shutil

import pypdfium2
import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.course import CourseError, load_course
from autograder.pdf.run import Edition, write_pdfs
from chainrule.pdf import PageMap, Pdf
from tests.autograder.conftest import ASSIGNMENT, CLASS
from tests.chainrule.pdf.notebooks import attached, pages


@pytest.fixture(scope="module")
def course(graded, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pdfs") / "course"
    shutil.copytree(graded[0].root, folder)
    return load_course(folder)


def read(path) -> Pdf:
    page_map = PageMap.from_json(json.loads(path.with_suffix(".json").read_text("utf-8")))
    return Pdf(path.read_bytes(), page_map)


@pytest.fixture(scope="module")
def fixed(course):
    return write_pdfs(course, ASSIGNMENT, edition=Edition(fixed_length=True), workers=1)


def test_with_a_fixed_length_the_class_has_the_pages_of_the_template(course, fixed):
    folder = course.root / "pdf" / ASSIGNMENT
    for notebook in ("numbers", "words"):
        template = read(folder / f"template-{notebook}.pdf")
        made = [read(one.file) for one in fixed if one.notebook == notebook]
        assert len(made) >= len(CLASS)
        for pdf in (template, *made):
            assert pdf.pages == template.pages
            assert len(pypdfium2.PdfDocument(pdf.data)) == template.pages.pages
            assert attached(pdf) == pdf.pages.to_json()


def test_each_page_says_who_from_the_gradebook(course):
    from nbgrader.api import Gradebook

    with Gradebook(course.db_url, course.id) as gradebook:
        gradebook.update_or_create_student("ada", first_name="Ada", last_name="Example")
    (made, _) = write_pdfs(course, ASSIGNMENT, student="ada", workers=1)
    assert all("Ada Example · ada" in page for page in pages(read(made.file)))


def test_written_answers_have_a_folder_of_their_own_and_nothing_else_in_it(course):
    edition = Edition(written_only=True)
    (made, _) = write_pdfs(course, ASSIGNMENT, edition=edition, student="ada", workers=1)
    assert made.file.parent == course.root / "pdf" / ASSIGNMENT / "written"
    pdf = read(made.file)
    assert [entry.id for entry in pdf.pages.questions] == ["why"]
    assert "x and x are two x" in pages(pdf)[0]
    assert "def square" not in " ".join(pages(pdf))


def test_the_instructors_pdf_shows_tests_schemes_points_and_what_was_said(course):
    edition = Edition(instructor=True)
    made = write_pdfs(course, ASSIGNMENT, edition=edition, student="cy", workers=1)
    shown = " ".join(pages(read(made[0].file)))
    assert made[0].file.parent.name == "instructor"
    assert "double(21) == 42" in shown  # a hidden test
    assert "One point for adding x to itself" in shown  # the marking scheme
    assert "double: 0.5 of 2 points" in shown
    assert "double(2) is 4" in shown  # what the hidden test printed
    assert "why: not marked yet of 4 points" in shown


def test_the_instructors_pdf_says_why_there_are_no_points_and_what_was_put_back(course):
    edition = Edition(instructor=True)
    dead = write_pdfs(course, ASSIGNMENT, edition=edition, student="flo", workers=1)
    assert "timed out" in " ".join(pages(read(dead[0].file)))


def test_nothing_of_that_is_in_a_students_pdf(course):
    for edition in (Edition(), Edition(written_only=True), Edition(fixed_length=True)):
        made = write_pdfs(course, ASSIGNMENT, edition=edition, student="cy", workers=1)
        shown = " ".join(" ".join(pages(read(one.file))) for one in made)
        for secret in ("double(21)", "One point for adding", "for the instructor"):
            assert secret not in shown


def test_the_command_prints_what_was_scaled(course):
    path = course.path("autograded", ASSIGNMENT, "ada") / "numbers.ipynb"
    content = json.loads(path.read_text())
    (answer,) = (
        cell
        for cell in content["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "why"
    )
    answer["source"] = "A very long explanation of it.\n\n" * 60
    path.write_text(json.dumps(content))
    options = ["--fixed-length", "--student", "ada", "--workers", "1"]
    done = CliRunner().invoke(app, ["pdf", ASSIGNMENT, *options, "--course", str(course.root)])
    assert done.exit_code == 0, done.output
    assert "% of its size" in " ".join(done.output.split())


def test_an_instructors_pdf_of_fixed_length_is_wrong_usage(course):
    options = ["--instructor", "--fixed-length", "--course", str(course.root)]
    assert CliRunner().invoke(app, ["pdf", ASSIGNMENT, *options]).exit_code == 2


def test_a_student_without_a_graded_notebook_is_an_error(course):
    with pytest.raises(CourseError, match="nobody"):
        write_pdfs(course, ASSIGNMENT, student="nobody")
