"""The made-up class gets from Gradescope's autograder what `autograder grade` gives it."""

from __future__ import annotations

import io
import json
import shutil
import zipfile

import nbformat
import pytest

from autograder.answers.bank import read_bank, references
from autograder.collecting import collect
from autograder.course import Course, load_course
from autograder.demo.run import CELL_SECONDS
from autograder.demo.students import ASSIGNMENT, STUDENTS, Files
from autograder.gradescope.package import build
from autograder.gradescope.run import Here, main
from autograder.grading.run import grade
from autograder.release import release

from ..conftest import PROJECT
from .conftest import Image, unpack


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Assignment 01, with a short deadline for the endless loop among its students."""
    place = tmp_path_factory.mktemp("class") / "course"
    shutil.copytree(PROJECT / "source" / ASSIGNMENT, place / "source" / ASSIGNMENT)
    config = (PROJECT / "nbgrader_config.py").read_text("utf-8")
    own = f"c.Execute.timeout = {CELL_SECONDS // 2}\nc.Sandbox.allow_unisolated = True\n"
    own += "c.Gradescope.slowdown = 1\n"  # the loop need not take twice as long here
    (place / "nbgrader_config.py").write_text(config + own, "utf-8")
    release(load_course(place), ASSIGNMENT)
    return load_course(place)


@pytest.fixture(scope="module")
def handed_in(course: Course) -> dict[str, Files]:
    bank = read_bank(PROJECT / "answers" / ASSIGNMENT)
    every, released = {}, {}
    for path in course.require_assignment(ASSIGNMENT, "release"):
        source = nbformat.read(course.path("source", ASSIGNMENT) / path.name, as_version=4)
        every |= references(source)
        released[path.stem] = nbformat.read(path, as_version=4)
    return {
        student.id: student.files(released, student.chosen(bank, every)) for student in STUDENTS
    }


@pytest.fixture(scope="module")
def by_the_command(course: Course, handed_in: dict[str, Files], tmp_path_factory) -> dict:
    """Points by student and question, from `collect` and `grade`."""
    inbox = tmp_path_factory.mktemp("inbox")
    for student, files in handed_in.items():
        for name, data in files.items():
            path = inbox / student / f"{name}.ipynb"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
    collect(course, ASSIGNMENT, [inbox])
    return {
        row.student: {
            cell.id: None if cell.manual else cell.points
            for notebook in row.notebooks
            for cell in notebook.cells
        }
        for row in grade(course, ASSIGNMENT, workers=1, executor=Here())
    }


@pytest.fixture(scope="module")
def image(course: Course, tmp_path_factory) -> Image:
    package = build(course, ASSIGNMENT, tmp_path_factory.mktemp("dist"))
    return unpack(package.file, tmp_path_factory.mktemp("image") / "autograder")


def submit(image: Image, files: Files, form: int) -> None:
    """Loose files, a folder or a zip, as students hand in."""
    named = {f"{name}.ipynb": data for name, data in files.items()}
    if form == 0:
        image.submit(*named.items())
    elif form == 1:
        image.submit(*((f"Homework 1/{name}", data) for name, data in named.items()))
    else:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, data in named.items():
                archive.writestr(f"hw1/{name}", data)
        image.submit(("hw1.zip", packed.getvalue()))


def read(results: dict) -> dict[str, float | None]:
    assert results["score"] == pytest.approx(sum(t.get("score", 0.0) for t in results["tests"]))
    return {test["extra_data"]["question"]: test.get("score") for test in results["tests"]}


@pytest.mark.parametrize("student", [student.id for student in STUDENTS])
def test_a_student_has_the_same_points_both_ways(
    student, image, handed_in, by_the_command, monkeypatch
):
    submit(image, handed_in[student], form=len(student) % 3)
    monkeypatch.setenv("AUTOGRADER_ROOT", str(image.root))
    main([])  # as run_autograder does, and with the zygote that is warm already
    results = json.loads((image.root / "results" / "results.json").read_text("utf-8"))
    assert read(results) == pytest.approx(by_the_command[student], abs=1e-4)


def test_so_has_one_who_goes_through_the_script(image, handed_in, by_the_command):
    submit(image, handed_in["ben"], form=2)
    results = image.run()
    assert read(results) == pytest.approx(by_the_command["ben"], abs=1e-4)
    assert any(test["output"].count("✓") for test in results["tests"])


def test_the_class_is_none_of_all_right_or_all_wrong(by_the_command: dict) -> None:
    totals = {sum(filter(None, points.values())) for points in by_the_command.values()}
    assert len(totals) >= 7
