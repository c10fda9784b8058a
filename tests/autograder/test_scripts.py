"""Scripts beside a notebook: released without their solutions, taken in, never replaced by ours."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

from autograder.answers.bank import fill_scripts, script_references
from autograder.collecting import collect
from autograder.course import Course, CourseError, load_course
from autograder.grading.run import grade
from autograder.release import ReleaseRefused, release
from autograder.scripts import MOST_BYTES, ScriptError, cleared, regions, theirs, to_complete

from .conftest import PROJECT, _notebook, cells, graded_cell, question, write

ASSIGNMENT = "07-scripts"
NETS = """\
import given


def double(x):
    ### BEGIN SOLUTION double
    return x + x + 0 * given.ZERO
    ### END SOLUTION


class Box:
    ### BEGIN SOLUTION box
    def size(self):
        return 3 + given.ZERO
    ### END SOLUTION
"""
FEED = """\
def third(x):
    ### BEGIN SOLUTION third
    return x / 3.0 * 1.0
    ### END SOLUTION
"""
GIVEN = '"""Given."""\n\nZERO = 0\n'
STUDENT = NETS.replace("x + x + 0 * given.ZERO", "2 * x")


def _tests_of(name: str, script: str, condition: str, points: float):
    source = (
        f"from chainrule.scripts import load\n{script} = load('{script}')\n"
        f"### BEGIN HIDDEN TESTS\n({points} if {condition} else 0.0)\n### END HIDDEN TESTS"
    )
    return graded_cell(name, source, points)


@pytest.fixture(scope="module")
def scripted(tmp_path_factory) -> Course:
    root = tmp_path_factory.mktemp("scripted")
    config = (PROJECT / "nbgrader_config.py").read_text()
    limits = "\nc.Execute.timeout = 10\nc.Sandbox.allow_unisolated = True\n"
    (root / "nbgrader_config.py").write_text(config + limits)
    notebook = _notebook(
        question("double", "Write `double`."),
        _tests_of("double", "nets", "nets.double(21) == 42", 2.0),
        _tests_of("box", "nets", "nets.Box().size() == 3", 1.0),
        _tests_of("third", "feed", "feed.third(6) == 2", 4.0),
    )
    source = root / "source" / ASSIGNMENT
    write(notebook, source / "net.ipynb")
    for name, text in (("nets", NETS), ("feed", FEED), ("given", GIVEN)):
        (source / f"{name}.py").write_text(text)
    course = load_course(root)
    release(course, ASSIGNMENT)
    return load_course(root)


@pytest.fixture
def own(scripted: Course, tmp_path: Path) -> Course:
    """The course once more, to change."""
    shutil.copytree(scripted.root, tmp_path / "own")
    return load_course(tmp_path / "own")


def submit(course: Course, student: str, **files: str) -> Path:
    folder = course.path("submitted", ASSIGNMENT, student)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(course.path("release", ASSIGNMENT) / "net.ipynb", folder)
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)
    return folder


# -- release ------------------------------------------------------------------------------


def test_a_released_script_has_the_stubs_of_a_notebook_and_none_of_its_secrets(scripted) -> None:
    folder = scripted.path("release", ASSIGNMENT)
    assert (folder / "nets.py").read_text() == (
        "import given\n\n\ndef double(x):\n    # WRITE YOUR CODE HERE\n\n\n"
        "class Box:\n    # WRITE YOUR CODE HERE\n"
    )
    assert (folder / "given.py").read_text() == GIVEN
    source = scripted.path("source", ASSIGNMENT)
    assert (source / "nets.py").read_text() == NETS
    assert to_complete(source) == ["feed.py", "nets.py"]
    assert theirs(source.parent) == {ASSIGNMENT: ["feed.py", "nets.py"]}


def test_hidden_tests_and_marking_schemes_go_as_well(scripted) -> None:
    text = (
        "x = 1\n### BEGIN HIDDEN TESTS\nassert x == 1\n### END HIDDEN TESTS\n"
        "# ### BEGIN MARK SCHEME\n# One point.\n# ### END MARK SCHEME\ny = 2\n"
    )
    assert cleared("a.py", text, scripted.config) == "x = 1\ny = 2\n"


@pytest.mark.parametrize(
    ("file", "text", "named"),
    [
        ("given.py", GIVEN + "def t(x):\n    return x + x + 0 * given.ZERO\n", r"given\.py"),
        ("given.py", GIVEN + "x = 6\ndef t():\n    return x / 3.0 * 1.0\n", r"given\.py.*feed\.py"),
        ("notes.txt", "Tip:\nreturn x / 3.0 * 1.0\n", r"notes\.txt: has a line of the solution"),
    ],
)
def test_a_solution_of_a_script_is_found_wherever_else_it_stands(own, file, text, named) -> None:
    (own.path("source", ASSIGNMENT) / file).write_text(text)
    before = (own.path("release", ASSIGNMENT) / "nets.py").read_text()
    with pytest.raises(ReleaseRefused, match=named):
        release(own, ASSIGNMENT)
    assert (own.path("release", ASSIGNMENT) / "nets.py").read_text() == before
    assert not list(own.root.glob(".release-*"))


def test_a_region_of_a_script_that_is_never_closed_is_an_error_with_its_name(own) -> None:
    (own.path("source", ASSIGNMENT) / "feed.py").write_text("### BEGIN SOLUTION third\nx = 1\n")
    with pytest.raises(CourseError, match=r"feed\.py: no end solution"):
        release(own, ASSIGNMENT)


def test_nbgraders_own_command_takes_the_solutions_out_as_well(own) -> None:
    shutil.rmtree(own.path("release", ASSIGNMENT))
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", ASSIGNMENT, "--force"]
    subprocess.run(command, cwd=own.root, check=True, capture_output=True)
    for name in ("nets", "feed"):
        text = (own.path("release", ASSIGNMENT) / f"{name}.py").read_text()
        assert "WRITE YOUR CODE HERE" in text
        assert "SOLUTION" not in text
        assert "* 1.0" not in text


# -- collect ------------------------------------------------------------------------------


def zip_of(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize("around", ["", "my homework/", f"{ASSIGNMENT}/", "a/b/"])
def test_the_assignments_own_scripts_are_collected_and_no_others(own, tmp_path, around) -> None:
    notebook = (own.path("release", ASSIGNMENT) / "net.ipynb").read_bytes()
    files = {"net.ipynb": notebook, "nets.py": STUDENT.encode(), "given.py": b"ZERO = 1"}
    packed = zip_of({around + name: data for name, data in {**files, "numpy.py": b""}.items()})
    (tmp_path / "in").mkdir()
    for student in ("ada", "bob"):
        (tmp_path / "in" / f"{student}.zip").write_bytes(packed)
    found = collect(own, ASSIGNMENT, [tmp_path / "in"])
    place = own.path("submitted", ASSIGNMENT, "ada")
    assert {p.name for p in place.iterdir()} == {*files, "timestamp.txt"}
    assert (place / "nets.py").read_bytes() == STUDENT.encode()
    assert {s.reason for s in found.strangers} == {
        "is none of the assignment's scripts: rename it, if it is one of feed.py, given.py, nets.py"
    }


def test_a_script_may_carry_its_students_name(own, tmp_path) -> None:
    (tmp_path / "in").mkdir()
    notebook = (own.path("release", ASSIGNMENT) / "net.ipynb").read_bytes()
    (tmp_path / "in" / "ada_net.ipynb").write_bytes(notebook)
    (tmp_path / "in" / "ada_nets.py").write_text(STUDENT)
    assert collect(own, ASSIGNMENT, [tmp_path / "in"]).strangers == ()
    assert (own.path("submitted", ASSIGNMENT, "ada") / "nets.py").read_text() == STUDENT


def test_a_script_that_is_too_large_is_refused_and_said_so(own, tmp_path) -> None:
    folder = tmp_path / "in" / "ada"
    folder.mkdir(parents=True)
    shutil.copy(own.path("release", ASSIGNMENT) / "net.ipynb", folder)
    (folder / "nets.py").write_bytes(b"#" * (MOST_BYTES + 1))
    (stranger,) = collect(own, ASSIGNMENT, [tmp_path / "in"]).strangers
    assert "too large for a script" in stranger.reason
    assert stranger.reason.endswith("kB): data have to be in a file of their own")
    assert not (own.path("submitted", ASSIGNMENT, "ada") / "nets.py").exists()


# -- grading ------------------------------------------------------------------------------


def test_a_students_scripts_win_and_given_ones_are_restored(own) -> None:
    submit(own, "ada", nets=STUDENT, feed=FEED, given="ZERO = 100\n")
    submit(own, "bob", nets=STUDENT.replace("2 * x", "3 * x"), feed=FEED)
    submit(own, "cy", nets=STUDENT)  # handed in one of two: ours must not stand in for it
    submit(own, "dan", nets="def double(x:\n", feed=FEED)  # a syntax error
    graded = {row.student: row for row in grade(own, ASSIGNMENT, workers=1)}
    points = {s: {c: p for c, (p, _) in cells(row).items()} for s, row in graded.items()}
    assert points == {
        "ada": {"double": 2, "box": 1, "third": 4},
        "bob": {"double": 0, "box": 1, "third": 4},
        "cy": {"double": 2, "box": 1, "third": 0},
        "dan": {"double": 0, "box": 0, "third": 4},
    }
    place = own.path("autograded", ASSIGNMENT, "ada")
    assert (place / "given.py").read_text() == GIVEN
    assert not (own.path("autograded", ASSIGNMENT, "cy") / "feed.py").exists()
    (third,) = [c for c in graded["cy"].notebooks[0].cells if c.id == "third"]
    assert "feed.py is not in the notebook's folder" in third.reason
    # Once more, over the read-only files of the first time, with another script.
    submit(own, "bob", nets=STUDENT)
    again = {row.student: row.points for row in grade(own, ASSIGNMENT, workers=1)}
    assert again == {"ada": 7, "bob": 7, "cy": 3, "dan": 4}


# -- the answer bank ----------------------------------------------------------------------


def test_an_answer_fills_its_region_or_the_whole_script(scripted) -> None:
    source = scripted.path("source", ASSIGNMENT)
    notebook = nbformat.read(source / "net.ipynb", as_version=4)
    own = script_references(notebook, source)
    assert {q: (a.script, a.points) for q, a in own.items()} == {
        "third": ("feed.py", 4),
        "double": ("nets.py", 2),
        "box": ("nets.py", 1),
    }
    double = type(own["double"])("double", "right", "y = x\nreturn y + y", 2, "")
    filled = fill_scripts(source, {**own, "double": double})
    assert (
        "def double(x):\n    y = x\n    return y + y\n\n\nclass Box:\n    def size"
        in (filled["nets.py"])
    )
    assert filled["given.py"] == GIVEN
    whole = type(own["double"])("box", "right", "x = 1", 1, "", whole_cell=True)
    assert fill_scripts(source, {**own, "box": whole})["nets.py"] == "x = 1\n"


def test_a_region_without_a_question_is_refused_by_its_line() -> None:
    with pytest.raises(ScriptError, match=r"a\.py, line 2"):
        list(regions("a.py", "x = 1\n### BEGIN SOLUTION\ny = 2\n### END SOLUTION\n"))
