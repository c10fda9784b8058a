"""A whole class: everybody gets what they earned, whatever the others did."""

from __future__ import annotations

import copy
import csv
from concurrent.futures import Executor, Future

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.course import CourseError
from autograder.gradebook.grades import refresh_grades
from autograder.gradebook.table import read_grades, to_notes
from autograder.grading.run import grade
from autograder.repair import restored
from autograder.sandbox.run import run_notebook

from .conftest import ASSIGNMENT, CLASS, RIGHT, cells, hand_in


def gradebook_scores(course) -> dict[tuple[str, str], float]:
    with Gradebook(course.db_url, course.id) as gradebook:
        return {
            (submission.student.id, grade.name): grade.score
            for submission in gradebook.assignment_submissions(ASSIGNMENT)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def test_right_answers_earn_everything_that_is_automatic(graded):
    ada = graded[1]["ada"]
    assert (ada.automatic_points, ada.max_automatic_points, ada.max_points) == (6, 6, 10)
    assert ada.pending == 1
    assert ada.trouble == ()


def test_a_blank_notebook_earns_nothing_and_leaves_nothing_to_mark(graded):
    bob = graded[1]["bob"]
    assert (bob.points, bob.pending) == (0, 0)


def test_partial_credit_counts_and_warnings_cost_nothing(graded):
    assert cells(graded[1]["cy"])["double"] == (0.5, "graded")
    assert cells(graded[1]["cy"])["square"] == (3, "graded")


def test_the_words_of_a_check_come_with_its_points(graded):
    messages = {c.id: c.messages for n in graded[1]["cy"].notebooks for c in n.cells}
    assert messages["double"] == "double(2) is 4\n"


def test_a_dead_kernel_costs_only_its_own_cells(graded):
    dan = cells(graded[1]["dan"])
    assert dan["double"] == (0, "kernel died")
    assert (dan["square"], dan["shout"]) == ((3, "graded"), (1, "graded"))


def test_an_endless_loop_costs_only_its_own_cells(graded):
    flo = cells(graded[1]["flo"])
    assert flo["double"] == (0, "timed out")
    assert flo["square"] == (3, "graded")


def test_a_syntax_error_costs_only_its_own_question(graded):
    eve = cells(graded[1]["eve"])
    assert (eve["double"], eve["square"]) == ((0, "failed"), (3, "graded"))


def test_an_unreadable_or_missing_notebook_costs_only_itself_and_says_why(graded):
    gus = {notebook.name: notebook for notebook in graded[1]["gus"].notebooks}
    assert gus["numbers"].status == "unreadable"
    assert "only a part of a notebook" in gus["numbers"].reason
    assert "hand it in again" in gus["numbers"].reason
    assert gus["words"].status == "missing"
    assert graded[1]["gus"].points == 0


def test_a_test_cell_that_was_changed_or_deleted_is_put_back(graded):
    hal = cells(graded[1]["hal"])
    assert hal["double"] == (0, "failed")
    assert hal["shout"] == (1, "graded")
    assert "words: locked cell shout had been deleted and was put back" in graded[1]["hal"].trouble


def test_a_test_cell_that_was_split_or_copied_costs_nothing(graded):
    ivy = graded[1]["ivy"]
    assert (ivy.automatic_points, ivy.pending) == (6, 1)
    assert ivy.trouble == ("numbers: locked cell double was there more than once; one was kept",)


def test_a_test_cell_that_the_release_lacks_earns_nothing_and_is_named(course):
    """Somebody changed release/ by hand; the gradebook still has the cell."""
    path = course.path("release", ASSIGNMENT) / "words.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.id != "shout"]
    nbformat.write(notebook, path)
    hand_in(course, "zoe", "words", RIGHT)
    (zoe,) = grade(course, ASSIGNMENT, workers=1)
    assert cells(zoe)["shout"] == (0, "test cell missing")
    assert any("shout: test cell missing" in line for line in zoe.trouble)


def test_what_was_put_back_is_said_with_what_stood_there(graded):
    repair = (
        "locked cell double had been changed and was put back "
        "(claimed 100 points instead of 2); what stood there: 100.0"
    )
    assert f"numbers: {repair}" in graded[1]["hal"].trouble
    notes = to_notes([graded[1]["hal"]])
    assert f"hal: numbers: {repair.split('; ')[0]}" in notes
    table = (graded[0].root / "grades" / f"{ASSIGNMENT}.csv").read_text()
    assert repair in table
    untouched = [row.notebooks for name, row in graded[1].items() if name not in ("hal", "ivy")]
    assert [n.repairs for notebooks in untouched for n in notebooks if n.repairs] == []


def test_text_typed_into_a_locked_cell_is_kept_in_the_record(released):
    path = released.path("release", ASSIGNMENT) / "numbers.ipynb"
    notebook = nbformat.read(path, as_version=4)
    changed = copy.deepcopy(notebook)
    changed.cells[1].source += "\n\nMy answer\x1b[31m is 7.\n" + "more\n" * 5
    changed.cells[-1].metadata.nbgrader["points"] = 40
    del changed.cells[4]  # square-question
    assert restored(changed, notebook, "numbers").repairs == (
        "locked cell double-question had been changed and was put back; "
        "what stood there: My answer [31m is 7. / more / more / …",
        "cell why claimed 40 points instead of 4, which were put back",
        "locked cell square-question had been deleted and was put back",
    )
    assert restored(notebook, notebook, "numbers").repairs == ()


def test_marks_entered_by_hand_reach_the_table_without_grading_again(graded_copy):
    course = graded_copy
    with Gradebook(course.db_url, course.id) as gradebook:
        gradebook.find_grade("why", "numbers", ASSIGNMENT, "ada").manual_score = 3.5
        gradebook.db.commit()
    before = {row.student: row for row in read_grades(course, ASSIGNMENT)}
    after = {row.student: row for row in refresh_grades(course, ASSIGNMENT)}
    assert (after["ada"].points, after["ada"].pending) == (9.5, 0)
    assert {**after, "ada": before["ada"]} == before
    with (course.root / "grades" / f"{ASSIGNMENT}.csv").open(newline="") as file:
        table = {row["student"]: row for row in csv.DictReader(file)}
    assert (table["ada"]["total"], table["ada"]["numbers/why (4)"]) == ("9.5", "3.5")


def test_the_gradebook_holds_what_was_returned(graded):
    course, rows = graded
    scores = gradebook_scores(course)
    for student, row in rows.items():
        for cell, (points, _) in cells(row).items():
            assert scores[student, cell] == (points or 0), (student, cell)


def test_the_table_has_a_row_a_student_and_leaves_pending_points_empty(graded):
    course, rows = graded
    with (course.root / "grades" / f"{ASSIGNMENT}.csv").open(newline="") as file:
        table = {row["student"]: row for row in csv.DictReader(file)}
    assert set(table) == set(rows)
    assert table["ada"]["numbers/why (4)"] == ""
    assert table["ada"]["manual pending"] == "1"
    assert table["cy"]["numbers/double (2)"] == "0.5"
    assert "words: missing" in table["gus"]["status"]
    assert read_grades(course, ASSIGNMENT) == [rows[student] for student in sorted(rows)]


def test_grading_again_keeps_what_a_person_entered(graded_copy):
    course = graded_copy
    with Gradebook(course.db_url, course.id) as gradebook:
        gradebook.find_grade("why", "numbers", ASSIGNMENT, "ada").manual_score = 3.5
        gradebook.find_grade("double", "numbers", ASSIGNMENT, "ada").manual_score = 1
        gradebook.db.commit()
    hand_in(course, "ada", "numbers", RIGHT | {"square-answer": "def square(x):\n    return x"})
    course.path("submitted", ASSIGNMENT, "ada").joinpath("words.ipynb").unlink()
    (ada,) = grade(course, ASSIGNMENT, student="ada")
    assert cells(ada) == {
        "double": (1, "graded"),
        "square": (0, "graded"),
        "why": (3.5, "graded"),
        "shout": (0, "missing"),
    }
    # and the others' rows are as they were
    assert len(read_grades(course, ASSIGNMENT)) == len(CLASS) + 3


class Unlucky(Executor):
    """Runs tasks at once, and loses the first."""

    lost = False

    def submit(self, function, /, *args, **kwargs):
        future: Future = Future()
        if self.lost:
            future.set_result(function(*args, **kwargs))
        else:
            self.lost = True
            future.set_exception(OSError("the machine went away"))
        assert function is run_notebook
        return future


def test_any_executor_will_do_and_what_it_loses_is_said_to_be_our_fault(graded_copy):
    (cy,) = grade(graded_copy, ASSIGNMENT, student="cy", executor=Unlucky(), again=True)
    lost, other = cy.notebooks
    assert lost.status == "not graded"
    assert "the machine went away" in lost.reason
    assert other.status == "graded"


def test_without_a_submission_the_message_says_what_to_run(course):
    with pytest.raises(CourseError, match=f"autograder collect {ASSIGNMENT} PATH"):
        grade(course, ASSIGNMENT)
