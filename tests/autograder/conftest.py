"""A toy course: one assignment of two notebooks, and a class that hands it in.

Its hidden tests end in a number of their own, so that it needs no check.
"""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.course import Course, load_course
from autograder.grading.run import grade
from autograder.release import release
from autograder.submission import Graded

PROJECT = Path(__file__).parents[2]
ASSIGNMENT = "01-toy"

DOUBLE = """\
def double(x):
    ### BEGIN SOLUTION
    return x + x + 0 * x
    ### END SOLUTION
"""
DOUBLE_TEST = """\
assert callable(double), "double should be a function"
### BEGIN HIDDEN TESTS
print("double(2) is", double(2))
(2.0 if double(2) == 4 and double(21) == 42 else 0.5)
### END HIDDEN TESTS"""
SQUARE = """\
def square(x):
    ### BEGIN SOLUTION
    return x ** 2 + 0 * x
    ### END SOLUTION
"""
SQUARE_TEST = """\
### BEGIN HIDDEN TESTS
(3.0 if square(3) == 9 and square(-12) == 144 else 0.0)
### END HIDDEN TESTS"""


def answer(name: str, source: str):
    return _cell(new_code_cell(source), f"{name}-answer", solution=True)


def graded_cell(name: str, source: str, points: float):
    return _cell(new_code_cell(source), name, grade=True, locked=True, points=points)


def question(name: str, source: str):
    cell = _cell(new_markdown_cell(source), f"{name}-question", locked=True)
    cell.metadata["chainrule"] = {"question": name}
    return cell


def written(name: str, source: str, points: float):
    return _cell(new_markdown_cell(source), name, grade=True, solution=True, points=points)


def _cell(cell, grade_id, *, grade=False, solution=False, locked=False, points=None):
    cell["id"] = grade_id
    cell.metadata["nbgrader"] = {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": grade,
        "solution": solution,
        "locked": locked,
        "task": False,
        **({"points": points} if grade else {}),
    }
    return cell


def numbers_notebook():
    setup = new_code_cell("import math")
    setup["id"] = "setup"
    scheme = "Why is it $2x$?\n\n### BEGIN MARK SCHEME\nOne point for adding x to itself.\n"
    return _notebook(
        setup,
        question("double", "Write `double`."),
        answer("double", DOUBLE),
        graded_cell("double", DOUBLE_TEST, 2),
        question("square", "Write `square`."),
        answer("square", SQUARE),
        graded_cell("square", SQUARE_TEST, 3),
        question("why", scheme + "### END MARK SCHEME"),
        written("why", "Because adding x to itself twice makes two of it.", 4),
    )


def words_notebook():
    return _notebook(
        question("shout", "Write `shout`."),
        answer("shout", "def shout(text):\n    return text.upper() + '!'"),
        graded_cell(
            "shout",
            "assert shout('a') == 'A!'\n"
            "### BEGIN HIDDEN TESTS\nassert shout('chain rule') == 'CHAIN RULE!'\n"
            "### END HIDDEN TESTS",
            1,
        ),
    )


def _notebook(*cells):
    notebook = new_notebook(cells=list(cells))
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    return notebook


def write(notebook, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def make_course(folder: Path) -> Course:
    folder.mkdir(parents=True, exist_ok=True)
    config = (PROJECT / "nbgrader_config.py").read_text()
    # The class is ours, so that these tests also run where nothing can be isolated.
    limits = (
        "\nc.Execute.timeout = 3\nc.Execute.iopub_timeout = 1\nc.Sandbox.allow_unisolated = True\n"
    )
    (folder / "nbgrader_config.py").write_text(config + limits)
    write(numbers_notebook(), folder / "source" / ASSIGNMENT / "numbers.ipynb")
    write(words_notebook(), folder / "source" / ASSIGNMENT / "words.ipynb")
    return load_course(folder)


def hand_in(course: Course, student: str, notebook: str, answers: dict[str, str]) -> Path:
    """Fill the released notebook's answer cells and put it into `submitted/`."""
    path = course.path("release", ASSIGNMENT) / f"{notebook}.ipynb"
    filled = nbformat.read(path, as_version=4)
    for cell in filled.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in answers:
            cell.source = answers[name]
    return write(filled, course.path("submitted", ASSIGNMENT, student) / f"{notebook}.ipynb")


RIGHT = {
    "double-answer": "def double(x):\n    return 2 * x",
    "square-answer": "def square(x):\n    return x * x",
    "why": "x and x are two x.",
    "shout-answer": "def shout(text):\n    return text.upper() + '!'",
}
NOISY = """\
import sys, warnings
def square(x):
    warnings.warn("old")
    for step in range(3):
        print(f"\\r{step}/3", end="", file=sys.stderr)
    return x * x
"""
CLASS = {
    "ada": RIGHT,
    "bob": {},
    "cy": RIGHT
    | {
        "double-answer": "def double(x):\n    return 4",
        "square-answer": NOISY,
    },
    "dan": RIGHT | {"double-answer": "import os\ndef double(x):\n    os._exit(1)"},
    "eve": RIGHT | {"double-answer": "def double(x:\n    return 2 * x"},
    "flo": RIGHT | {"double-answer": "def double(x):\n    while True:\n        pass"},
}


def hand_in_class(course: Course) -> None:
    for student, answers in CLASS.items():
        for notebook in ("numbers", "words"):
            hand_in(course, student, notebook, answers)
    # hal writes himself a better test, and deletes one
    path = hand_in(course, "hal", "numbers", {})
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.id == "double":
            cell.source = "100.0"
            cell.metadata["nbgrader"]["points"] = 100
            cell.metadata["tags"] = ["skip-execution"]
    write(notebook, path)
    path = hand_in(course, "hal", "words", RIGHT)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.id != "shout"]
    write(notebook, path)
    # ivy splits a test cell in two, which leaves its grade id twice
    path = hand_in(course, "ivy", "numbers", RIGHT)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(copy.deepcopy(notebook.cells[3]))
    notebook.cells[-1].id = "split"
    write(notebook, path)
    hand_in(course, "ivy", "words", RIGHT)
    # gus hands in one of two, and next to nothing of it has arrived
    folder = course.path("submitted", ASSIGNMENT, "gus")
    hand_in(course, "gus", "numbers", RIGHT)
    text = (folder / "numbers.ipynb").read_text()
    (folder / "numbers.ipynb").write_text(text[:40])


@pytest.fixture(scope="session")
def released(tmp_path_factory) -> Course:
    """A released course; tests that change it take `course`."""
    course = make_course(tmp_path_factory.mktemp("released"))
    release(course, ASSIGNMENT)
    return course


@pytest.fixture
def course(released: Course, tmp_path: Path) -> Course:
    """A released course of one's own."""
    shutil.copytree(released.root, tmp_path / "course")
    return load_course(tmp_path / "course")


@pytest.fixture(scope="session")
def graded(released: Course, tmp_path_factory) -> tuple[Course, dict[str, Graded]]:
    """The class, graded once. Look, do not touch."""
    folder = tmp_path_factory.mktemp("graded") / "course"
    shutil.copytree(released.root, folder)
    course = load_course(folder)
    hand_in_class(course)
    return course, {row.student: row for row in grade(course, ASSIGNMENT, workers=2)}


@pytest.fixture
def graded_copy(graded: tuple[Course, dict[str, Graded]], tmp_path: Path) -> Course:
    """The graded class once more, to change."""
    shutil.copytree(graded[0].root, tmp_path / "course")
    return load_course(tmp_path / "course")


def cells(graded: Graded) -> dict[str, tuple[float | None, str]]:
    """Points and status by cell id."""
    return {c.id: (c.points, c.status) for n in graded.notebooks for c in n.cells}


def dump(path: Path) -> str:
    """A notebook's JSON as one string."""
    return json.dumps(json.loads(path.read_text()))
