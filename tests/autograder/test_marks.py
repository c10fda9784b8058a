"""What a student's file says of its cells does not count; what was released does."""

from __future__ import annotations

import json

import pytest

from autograder.course import Course
from autograder.gradebook.converter import Converter
from autograder.grading.run import grade
from autograder.grading.submissions import find_submissions

from .conftest import ASSIGNMENT, RIGHT, cells, hand_in


def to_text(cell: dict) -> None:
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]


def to_raw(cell: dict) -> None:
    to_text(cell)
    cell["cell_type"] = "raw"


def marked(**marks: object):
    return lambda cell: cell["metadata"]["nbgrader"].update(marks)


CHANGES = {
    "turned into text": to_text,
    "turned into raw text": to_raw,
    "a place for an answer": marked(solution=True),
    "a task": marked(task=True, grade=False),
    "no grade": marked(grade=False),
    "unlocked": marked(locked=False),
    "points that are none": marked(points=float("nan")),
    "points in words": marked(points="all"),
    "an old schema": marked(schema_version=0),
    "a schema to come": marked(schema_version=99),
}


def change(course: Course, student: str, name: str, cell_id: str = "double") -> None:
    path = hand_in(course, student, "numbers", RIGHT)
    notebook = json.loads(path.read_text("utf-8"))
    (cell,) = (
        cell
        for cell in notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == cell_id
    )
    CHANGES[name](cell)
    path.write_text(json.dumps(notebook), "utf-8")


@pytest.mark.parametrize("name", CHANGES)
def test_a_test_cell_is_put_back_as_it_was_released(course: Course, name: str) -> None:
    hand_in(course, "ada", "numbers", RIGHT)
    change(course, "zoe", name)
    converter = Converter(course, ASSIGNMENT)
    found = []
    for submission in find_submissions(course, ASSIGNMENT):
        (path,) = converter.open(submission)
        notebook = json.loads(converter.sanitise(path).path.read_text("utf-8"))
        found.append([cell for cell in notebook["cells"] if cell["id"] == "double"])
    assert found[0] == found[1]


def test_a_test_cell_that_was_turned_into_text_costs_nothing(course: Course) -> None:
    change(course, "zoe", "turned into text")
    (row,) = grade(course, ASSIGNMENT, workers=1)
    assert cells(row)["double"] == (2, "graded")
    assert cells(row)["square"] == (3, "graded")
    (line,) = (line for line in row.trouble if "double" in line)
    assert "locked cell double had been changed and was put back" in line


def test_an_answer_that_was_turned_into_text_is_code_again(course: Course) -> None:
    change(course, "zoe", "turned into text", "square-answer")
    (row,) = grade(course, ASSIGNMENT, workers=1)
    assert cells(row)["square"] == (3, "graded")
