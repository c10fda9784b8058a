"""Trained weights that are handed in reach the kernel, and only a student's own."""

from __future__ import annotations

import io
import logging
import os
import shutil
import zipfile

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell

from autograder.collecting import collect
from autograder.course import Course, load_course
from autograder.grading.run import grade
from autograder.release import release
from autograder.sandbox import folder
from autograder.sandbox.folder import side_files
from chainrule.training import train

from .conftest import _notebook, answer, cells, graded_cell, write

ASSIGNMENT = "02-trained"
TRAIN = """\
import numpy as np
from chainrule.training import train

model = {"w": np.zeros(3)}

def epoch(k):
    model["w"] += 1
    return {"train_loss": 1.0 / (k + 1)}

run = train("line", model, epoch, 4, config={"lr": 1.0})"""
CHECK = """\
### BEGIN HIDDEN TESTS
print(run.problem)
(3.0 if run.trained and model["w"].tolist() == [4, 4, 4] else 0.0)
### END HIDDEN TESTS"""
AFTER = "### BEGIN HIDDEN TESTS\n1.0\n### END HIDDEN TESTS"


@pytest.fixture(scope="module")
def trained(tmp_path_factory) -> Course:
    """A course with one assignment, whose author has run its solution where it lies."""
    root = tmp_path_factory.mktemp("trained")
    config = ("nbgrader_config.py", "c.Execute.timeout = 10\nc.Sandbox.allow_unisolated = True\n")
    project = os.path.join(os.path.dirname(__file__), "..", "..", config[0])
    with open(project, encoding="utf-8") as file:
        (root / config[0]).write_text(file.read() + "\n" + config[1])
    notebook = _notebook(
        answer("train", TRAIN),
        graded_cell("trained", CHECK, 3),
        graded_cell("after", AFTER, 1),
    )
    write(notebook, root / "source" / ASSIGNMENT / "line.ipynb")
    save(root / "source" / ASSIGNMENT)
    course = load_course(root)
    release(course, ASSIGNMENT)
    return course


def save(place, epochs: int = 4) -> dict[str, bytes]:
    """Train as the notebook does, beside it; returns the files by their paths."""
    model = {"w": np.zeros(3)}

    def epoch(k: int) -> dict[str, float]:
        model["w"] += 1
        return {"train_loss": 1.0 / (k + 1)}

    place.mkdir(parents=True, exist_ok=True)
    before = os.getcwd()
    os.chdir(place)
    try:
        train("line", model, epoch, epochs, config={"lr": 1.0}, again=True)
    finally:
        os.chdir(before)
    return {f"artifacts/{p.name}": p.read_bytes() for p in (place / "artifacts").iterdir()}


def hand_in(course: Course, student: str):
    notebook = nbformat.read(course.path("release", ASSIGNMENT) / "line.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.metadata.nbgrader.grade_id == "train-answer":
            cell.source = TRAIN
    notebook.cells.insert(0, new_code_cell("# mine", id="mine"))
    return write(notebook, course.path("submitted", ASSIGNMENT, student) / "line.ipynb").parent


def test_only_a_students_own_weights_are_loaded_and_none_cost_only_their_own_points(trained):
    save(hand_in(trained, "ada"))
    hand_in(trained, "bob")
    save(hand_in(trained, "cy"), epochs=2)
    graded = {row.student: row for row in grade(trained, ASSIGNMENT, workers=1)}
    points = {s: {c: p for c, (p, _) in cells(row).items()} for s, row in graded.items()}
    assert points == {
        "ada": {"trained": 3, "after": 1},
        "bob": {"trained": 0, "after": 1},
        "cy": {"trained": 0, "after": 1},
    }
    said = {s: row.notebooks[0].cells[0].messages for s, row in graded.items()}
    assert "was not handed in" in said["bob"]
    assert "epochs was 2 and is 4 in the notebook" in said["cy"]


def test_weights_of_the_solution_are_not_released(trained):
    assert (trained.path("source", ASSIGNMENT) / "artifacts" / "line.safetensors").is_file()
    assert [p.name for p in trained.path("release", ASSIGNMENT).iterdir()] == ["line.ipynb"]


@pytest.mark.parametrize("around", ["", "my homework/", f"{ASSIGNMENT}/", "a/b/"])
def test_weights_are_collected_to_where_their_notebook_looks(trained, tmp_path, around):
    shutil.copytree(trained.path("release", ASSIGNMENT), tmp_path / "release" / ASSIGNMENT)
    (tmp_path / "nbgrader_config.py").write_text((trained.root / "nbgrader_config.py").read_text())
    course = load_course(tmp_path)
    files = save(tmp_path / "work")
    files["line.ipynb"] = (trained.path("release", ASSIGNMENT) / "line.ipynb").read_bytes()
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name, content in files.items():
            packed.writestr(around + name, content)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "dan.zip").write_bytes(data.getvalue())
    (inbox / "eve.zip").write_bytes(data.getvalue())
    found = collect(course, ASSIGNMENT, [inbox])
    assert found.strangers == ()
    place = course.path("submitted", ASSIGNMENT, "dan")
    assert {name: (place / name).read_bytes() for name in files} == files


def test_files_over_the_limit_are_left_out_and_the_log_says_so(tmp_path, monkeypatch, caplog):
    for name, size in (("a/one.txt", 10), ("b/two.txt", 30), ("c/three.txt", 10), ("d.txt", 5)):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(bytes(size))
    monkeypatch.setattr(folder, "MOST_BYTES_A_FILE", 20)
    monkeypatch.setattr(folder, "MOST_BYTES", 16)
    with caplog.at_level(logging.WARNING):
        found = side_files(tmp_path / "line.ipynb")
    assert [name for name, _ in found] == ["d.txt", "a/one.txt"]
    assert [record.args[0].name for record in caplog.records] == ["two.txt", "three.txt"]
    assert "is left out" in caplog.text
