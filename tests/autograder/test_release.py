"""What goes out, and what never does."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from nbgrader.api import Gradebook

from autograder.course import CourseError
from autograder.proof import find_leaks
from autograder.release import ReleaseRefused, release

from .conftest import ASSIGNMENT, dump, graded_cell, write


def edit(path, change):
    notebook = nbformat.read(path, as_version=4)
    change({cell.id: cell for cell in notebook.cells}, notebook)
    write(notebook, path)


def test_a_released_notebook_has_our_stubs_and_keeps_its_secrets(released):
    folder = released.path("release", ASSIGNMENT)
    cells = {c.id: c for c in nbformat.read(folder / "numbers.ipynb", as_version=4).cells}
    assert cells["double-answer"].source == "def double(x):\n    # WRITE YOUR CODE HERE\n"
    assert cells["why"].source == "*WRITE YOUR ANSWER HERE*"
    assert cells["double"].source == 'assert callable(double), "double should be a function"'
    assert cells["why-question"].source == "Why is it $2x$?\n"
    for path in folder.glob("*.ipynb"):
        for secret in ("HIDDEN", "SCHEME", "SOLUTION", "double(21)", "CHAIN RULE", "twice makes"):
            assert secret not in dump(path)


def test_a_folder_of_the_release_is_all_that_is_left_behind(released):
    assert not list(released.root.glob(".release-*"))


def _copied_solution(cells, notebook):
    notebook.cells.append(new_code_cell("def twice(x):\n    return x + x + 0 * x"))


def _copied_hidden_test(cells, notebook):
    line = "(3.0 if square(3) == 9 and square(-12) == 144 else 0.0)"
    notebook.cells.append(new_markdown_cell(f"We will try\n{line}"))


def _scheme_in_metadata(cells, notebook):
    cells["setup"].metadata["note"] = "One point for adding x to itself."


def _scheme_in_notebook_metadata(cells, notebook):
    notebook.metadata["notes"] = ["One point for adding x to itself."]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (_copied_solution, "cell 10: shows 1 of 1 line.* solution of double-answer"),
        (_copied_hidden_test, "cell 10: shows 1 of 1 line.* hidden test of square"),
        (_scheme_in_metadata, "cell 1: metadata: has a line of the marking scheme of why-question"),
        (_scheme_in_notebook_metadata, "numbers.ipynb: has a line of the marking scheme"),
    ],
)
def test_a_secret_is_refused_by_name_and_the_old_release_stays(course, change, named):
    before = dump(course.path("release", ASSIGNMENT) / "numbers.ipynb")
    edit(course.path("source", ASSIGNMENT) / "numbers.ipynb", change)
    with pytest.raises(ReleaseRefused, match=named) as caught:
        release(course, ASSIGNMENT)
    assert "01-toy is not released: 1 secret(s) would be readable." in str(caught.value)
    assert "Put each between its markers (### BEGIN …, ### END …), or take it out" in str(
        caught.value
    )
    assert dump(course.path("release", ASSIGNMENT) / "numbers.ipynb") == before
    assert not list(course.root.glob(".release-*"))


def test_a_solution_in_a_file_beside_the_notebook_is_refused(course):
    path = course.path("source", ASSIGNMENT) / "lib" / "notes.py"
    path.parent.mkdir()
    path.write_text("def double(x):\n    return x + x + 0 * x\n")
    with pytest.raises(ReleaseRefused, match=r"lib/notes\.py: shows 1 of 1 line.* of the solution"):
        release(course, ASSIGNMENT)


def test_a_worked_example_may_share_a_line_with_a_longer_solution(course):
    def change(cells, notebook):
        shared = "total = first + second"
        notebook.cells.append(new_code_cell(f"first, second = 1, 2\n{shared}\nprint(total)"))
        cells["double-answer"].source = (
            "def double(x):\n    ### BEGIN SOLUTION\n    first = second = x * 1\n"
            f"    {shared}\n    return total * 1 + 0\n    ### END SOLUTION"
        )

    edit(course.path("source", ASSIGNMENT) / "numbers.ipynb", change)
    assert release(course, ASSIGNMENT).notebooks == ("numbers", "words")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda c: c.outputs.append(new_output("stream", text="6")), "has outputs"),
        (lambda c: c.update(source="### BEGIN HIDDEN TESTS"), "has the marker"),
        (lambda c: c.update(source="    return x + x + 0 * x"), "has a line of the solution"),
        (lambda c: c.metadata.update(a=[{"b": "return x ** 2 + 0 * x"}]), "solution of square"),
    ],
)
def test_the_proof_reads_what_was_made_and_not_how(course, change, what):
    path = course.path("release", ASSIGNMENT) / "numbers.ipynb"
    edit(path, lambda cells, notebook: change(cells["setup"]))
    leaks = find_leaks(course.path("source", ASSIGNMENT), path.parent)
    assert [what in str(leak) for leak in leaks] == [True]


def test_a_region_that_is_never_closed_is_an_error_with_the_file_in_it(course):
    def change(cells, notebook):
        cells["double-answer"].source = "### BEGIN SOLUTION\nx = 1"

    edit(course.path("source", ASSIGNMENT) / "numbers.ipynb", change)
    with pytest.raises(CourseError, match=r"numbers\.ipynb: RuntimeError: no end solution"):
        release(course, ASSIGNMENT)


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_graded_cells_cannot_change_once_somebody_has_handed_in(course):
    with Gradebook(course.db_url, course.id) as gradebook:
        gradebook.add_student("ada")
        gradebook.add_submission(ASSIGNMENT, "ada")

    def change(cells, notebook):
        notebook.cells.append(graded_cell("more", "assert True", 1))

    edit(course.path("source", ASSIGNMENT) / "numbers.ipynb", change)
    with pytest.raises(CourseError, match=r"Cannot add or remove cells.*undo the change, or start"):
        release(course, ASSIGNMENT)
