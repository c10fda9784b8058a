"""nbgrader's own commands on our course, and the button in formgrader."""

from __future__ import annotations

import csv
import os
import subprocess
from pathlib import Path

import nbformat
import pytest
from nbgrader.apps.api import NbGraderAPI
from nbgrader.auth import Authenticator

from autograder.course import Course, load_course
from autograder.gradebook.converter import Converter
from autograder.gradebook.scores import read_scores
from autograder.gradebook.table import read_grades
from autograder.repair.stock import Repair
from autograder.sandbox.isolation import probe_machine
from autograder.sandbox.outcome import RUN

from ..hostile import attacks
from .conftest import ASSIGNMENT, CLASS, hand_in

CANARY = "a line of a solution"
HOSTILE = """
import os
for folder, _, names in os.walk({course!r}):
    for name in names:
        print(open(os.path.join(folder, name), errors="replace").read())
print(sorted(os.listdir(".")))
open("left.txt", "w").write("x")
import chainrule
grade = chainrule.grade = lambda *offered: 0.25
"""


def nbgrader(course: Course, *arguments: str) -> str:
    done = subprocess.run(
        ["nbgrader", *arguments], cwd=course.root, env=os.environ, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def without_ours(course: Course) -> None:
    path = course.root / "nbgrader_config.py"
    text = path.read_text()
    end = text.index("c.Autograde.sanitize_preprocessors")
    stock = [line for line in text[:end].splitlines() if "import" not in line]
    path.write_text("\n".join([*stock, "c.Execute.timeout = 3"]))


@pytest.mark.parametrize("ours", [True, False], ids=["our configuration", "its own"])
def test_stock_nbgrader_gives_the_same_points_wherever_it_can_grade(graded, course, ours):
    students = ("cy", "dan") if ours else ("ada", "eve")
    if not ours:
        without_ours(course)
    for student in students:
        hand_in(course, student, "numbers", CLASS[student])
    nbgrader(course, "autograde", ASSIGNMENT)
    scores, expected = read_scores(course, ASSIGNMENT), read_scores(graded[0], ASSIGNMENT)
    for student in students:
        numbers = scores[student, "numbers"]
        assert set(numbers) == {"double", "square", "why"}
        assert numbers == expected[student, "numbers"]


def test_stock_nbgrader_repairs_what_it_can_read(course):
    """A copied test cell, a deleted one, and names that are gone, each in one notebook."""
    for student in ("copied", "deleted", "nameless"):
        path = hand_in(course, student, "numbers", CLASS["ada"])
        notebook = nbformat.read(path, as_version=4)
        test = next(cell for cell in notebook.cells if cell.id == "double")
        if student == "copied":
            notebook.cells.append(nbformat.from_dict({**test, "id": "twin"}))
        elif student == "deleted":
            notebook.cells.remove(test)
        else:
            for cell in notebook.cells:
                cell.metadata.pop("nbgrader", None)
        nbformat.write(notebook, path)
    said = nbgrader(course, "autograde", ASSIGNMENT)
    scores = read_scores(course, ASSIGNMENT)
    for student in ("copied", "deleted", "nameless"):
        found = {name: score.points for name, score in scores[student, "numbers"].items()}
        assert found == {"double": 2, "square": 3, "why": None}, student
    assert "Repaired: locked cell double was there more than once; one was kept" in said
    assert "Repaired: locked cell double had been deleted and was put back" in said


def test_stock_nbgrader_says_why_a_notebook_cannot_be_repaired(course):
    step = Repair(parent=Converter(course, ASSIGNMENT))
    of = {"nbgrader": {"assignment": ASSIGNMENT, "notebook": "numbers"}}
    with pytest.raises(ValueError, match="None of the questions of numbers is in this notebook"):
        step.preprocess(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")]), of)


def test_without_a_release_stock_nbgrader_grades_what_there_is_and_says_so(course, monkeypatch):
    step = Repair(parent=Converter(course, "02-toy"))
    said: list[str] = []
    monkeypatch.setattr(step.log, "warning", lambda words, *more: said.append(words % more))
    of = {"nbgrader": {"assignment": "02-toy", "notebook": "numbers"}}
    notebook = nbformat.v4.new_notebook()
    assert step.preprocess(notebook, of)[0] is notebook
    (warning,) = said
    assert warning.endswith(
        "02-toy/numbers.ipynb is not there: notebooks are graded without repair. `autograder "
        "release` makes it"
    )


def test_stock_commands_run_on_our_course(graded_copy):
    said = nbgrader(graded_copy, "validate", f"source/{ASSIGNMENT}/numbers.ipynb")
    assert "Success! Your notebook passes all the tests." in said
    nbgrader(graded_copy, "generate_feedback", ASSIGNMENT, "--student=cy")
    page = graded_copy.path("feedback", ASSIGNMENT, "cy") / "numbers.html"
    assert "double(21)" not in page.read_text()
    nbgrader(graded_copy, "generate_assignment", ASSIGNMENT, "--force")
    nbgrader(graded_copy, "export", "--to", "all.csv")
    rows = csv.DictReader((graded_copy.root / "all.csv").open(newline=""))
    scores = {row["student_id"]: float(row["score"]) for row in rows}
    assert set(scores) == {row.student for row in read_grades(graded_copy, ASSIGNMENT)}
    assert (scores["ada"], scores["cy"], scores["gus"]) == (6, 4.5, 0)


# --- the jail and the judge --------------------------------------------------


@pytest.fixture
def attacked(tmp_path: Path) -> Course:
    """An honest student, and one who reads the course's files and forges points."""
    course = attacks.make_course(tmp_path / "course", CANARY)
    first = attacks.FIRST
    stolen = attacks.WRONG[first] + HOSTILE.format(course=str(course.root))
    attacks.hand_in(course, "honest", attacks.RIGHT)
    attacks.hand_in(course, "hostile", {**attacks.WRONG, first: stolen})
    return course


def automatic(course: Course, student: str) -> float:
    found = read_scores(course, attacks.ASSIGNMENT)[student, attacks.NOTEBOOK]
    return sum(score.points or 0.0 for score in found.values())


def executed(course: Course, student: str) -> nbformat.NotebookNode:
    folder = course.path("autograded", attacks.ASSIGNMENT, student)
    assert [path.name for path in folder.iterdir()] == [f"{attacks.NOTEBOOK}.ipynb"]
    return nbformat.read(folder / f"{attacks.NOTEBOOK}.ipynb", as_version=4)


def shown(notebook: nbformat.NotebookNode) -> str:
    return "\n".join(str(output) for cell in notebook.cells for output in cell.get("outputs", ()))


def assert_held(course: Course) -> None:
    assert automatic(course, "honest") > 3
    assert automatic(course, "hostile") == 0
    notebook = executed(course, "hostile")
    assert CANARY not in shown(notebook)
    assert "'[]\\n'" in shown(notebook), "it runs in a folder of its own"
    assert "kernel died" not in str([cell.metadata.get(RUN) for cell in notebook.cells])
    assert (course.root / ".judge-secret").is_file()


@pytest.mark.skipif(not probe_machine().isolated, reason="nothing is isolated here")
def test_nbgrader_autograde_gets_the_jail_and_the_judge(attacked):
    nbgrader(attacked, "autograde", attacks.ASSIGNMENT)
    assert_held(attacked)


@pytest.mark.skipif(not probe_machine().isolated, reason="nothing is isolated here")
def test_formgraders_button_gets_them_too_wherever_its_server_was_started(
    attacked, tmp_path, monkeypatch
):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    button = NbGraderAPI(attacked.directory(), Authenticator(), config=attacked.config)
    for student in ("honest", "hostile"):
        done = button.autograde(attacks.ASSIGNMENT, student)
        assert done["success"], done
    assert_held(attacked)
    assert list(elsewhere.iterdir()) == []


def test_without_our_lines_a_notebook_runs_as_nbgrader_runs_it(attacked):
    without_ours(attacked)
    nbgrader(attacked, "autograde", attacks.ASSIGNMENT, "--student=hostile")
    (page,) = attacked.path("autograded", attacks.ASSIGNMENT, "hostile").glob("*.ipynb")
    notebook = nbformat.read(page, as_version=4)
    assert not any(RUN in cell.metadata for cell in notebook.cells)
    assert CANARY in shown(notebook)


def test_a_deadline_of_one_cell_holds_for_stock_commands_as_well(course):
    config = course.root / "nbgrader_config.py"
    limits = f'\nc.ExecuteAll.deadlines = {{"{ASSIGNMENT}/numbers/double": 1}}\n'
    config.write_text(config.read_text() + limits)
    hand_in(course, "flo", "numbers", CLASS["flo"])
    nbgrader(load_course(course.root), "autograde", ASSIGNMENT)
    page = course.path("autograded", ASSIGNMENT, "flo") / "numbers.ipynb"
    reasons = {
        cell.metadata.nbgrader.grade_id: cell.metadata[RUN]["reason"]
        for cell in nbformat.read(page, as_version=4).cells
        if RUN in cell.metadata and "nbgrader" in cell.metadata
    }
    assert reasons["double"] == "This cell ran for 1 s and was interrupted."
