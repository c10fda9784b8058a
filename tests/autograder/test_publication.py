"""What students get beside the questions: badges, the installation, a repository of their own."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager
from nbformat.v4 import new_code_cell
from typer.testing import CliRunner

import chainrule
from autograder.cli import app
from autograder.course import Course, CourseError, load_course
from autograder.publication import folder as publication
from autograder.publication import wheel as building
from autograder.publication.address import wheel_name
from autograder.publication.folder import publish
from autograder.publication.readme import readme
from autograder.publication.wheel import build_wheel
from autograder.release import release
from chainrule.pdf.notebook import read
from chainrule.submission.assignment import stamp_of

from .conftest import ASSIGNMENT, PROJECT, write

WHEEL = "https://example.edu/nets/chainrule-0.1.0+course-py3-none-any.whl"
SCRIPT = "def net():\n    ### BEGIN SOLUTION net\n    return 'a net ' * 1\n    ### END SOLUTION\n"


def configured(course: Course, **settings: str) -> Course:
    """The course with other settings, and a last cell in one of its notebooks."""
    config = course.root / "nbgrader_config.py"
    lines = [f"c.Course.{name} = {value!r}" for name, value in settings.items()]
    config.write_text("\n".join([config.read_text("utf-8"), *lines]), "utf-8")
    path = course.path("source", ASSIGNMENT) / "numbers.ipynb"
    notebook = nbformat.read(path, as_version=4)
    if notebook.cells[-1].id != "submit":
        cell = new_code_cell("submit()", id="submit", metadata={"chainrule": {"submit": {}}})
        notebook.cells.append(cell)
        write(notebook, path)
    return load_course(course.root)


def released_cells(course: Course, name: str = "numbers") -> dict:
    path = course.path("release", ASSIGNMENT) / f"{name}.ipynb"
    return {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture
def built(wheel: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The wheel, built once for all."""
    monkeypatch.setattr(publication, "build_wheel", lambda place: Path(shutil.copy(wheel, place)))
    return wheel


def test_a_released_notebook_knows_what_it_belongs_to(course):
    course = configured(course)
    source = course.path("source", ASSIGNMENT)
    (source / "net.py").write_text(SCRIPT)
    (source / "given.py").write_text("GIVEN = 1\n")
    folder = release(course, ASSIGNMENT).folder
    stamp = stamp_of(read(folder / "numbers.ipynb"))
    assert (stamp.assignment, stamp.course, stamp.notebook) == (
        ASSIGNMENT,
        "Deep Learning",
        "numbers",
    )
    assert stamp.notebooks == ("numbers", "words")
    digest = hashlib.sha256((folder / "net.py").read_bytes()).hexdigest()
    assert stamp.scripts == {"given.py": None, "net.py": digest}
    assert stamp_of(read(folder / "words.ipynb")) is None  # it has no last cell to write it in


def test_without_an_address_a_notebook_has_no_badge_and_installs_nothing(course):
    course = configured(course)
    release(course, ASSIGNMENT)
    assert not {"colab", "install"} & set(released_cells(course))
    text = (course.root / "release" / "README.md").read_text("utf-8")
    assert "[numbers](<01-toy/numbers.ipynb>)" in text
    assert "There are no Colab badges here yet: set `c.Course.repository` in `nbg" in text
    assert "colab.research" not in text
    assert "You need Python 3.10 or newer, Jupyter and the course's package" in text
    assert "Each notebook begins with what it is about and how long it takes." in text


def test_before_the_first_release_the_list_says_that_there_is_none(course, tmp_path):
    assert "No assignment is released yet." in readme(course, tmp_path)


@pytest.mark.parametrize(
    "said", ["owner/nets", "https://github.com/owner/nets", "https://github.com/owner/nets.git"]
)
def test_one_setting_gives_every_notebook_its_badge_and_the_package(course, said):
    course = configured(course, repository=said, branch="fall 26")
    release(course, ASSIGNMENT)
    cells = released_cells(course, "words")
    target = "https://colab.research.google.com/github/owner/nets/blob/fall%2026/01-toy/words.ipynb"
    badge = "https://colab.research.google.com/assets/colab-badge.svg"
    assert next(iter(cells)) == "colab"
    assert cells["colab"].source == f"[![Open in Colab]({badge})]({target})"
    name = wheel_name().replace("+", "%2B")
    place = f"https://raw.githubusercontent.com/owner/nets/fall%2026/{name}"
    assert f'    %pip install --quiet "chainrule @ {place}"' in cells["install"].source
    for name in ("colab", "install"):
        assert cells[name].metadata == {"tags": ["remove-cell"]}
    assert list(released_cells(course))[:3] == ["colab", "install", "setup"]
    text = (course.root / "release" / "README.md").read_text("utf-8")
    assert f"| [words](<01-toy/words.ipynb>) | [![Open in Colab]({badge})]({target}) |" in text
    assert "c.Course.repository" not in text
    assert "Its first cell of code installs what is missing; without Jupyter, begin with" in text


def test_a_package_elsewhere_needs_no_repository(course):
    course = configured(course, student_package=WHEEL)
    release(course, ASSIGNMENT)
    cells = released_cells(course)
    assert WHEEL in cells["install"].source
    assert "colab" not in cells


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("repository", "https://gitlab.com/a/b", "write https://github.com/owner/name, or leave"),
        ("repository", "nets", "c.Course.repository in nbgrader_config.py is 'nets'"),
        ("student_package", "https://x.edu/chainrule.zip", "Write the address of a wheel, https"),
        ("student_package", 'file:///a".whl" b', "c.Course.student_package in nbgrader_config.py"),
    ],
)
def test_an_address_that_is_none_stops_the_release(course, setting, value, said):
    course = configured(course, **{setting: value})
    with pytest.raises(CourseError) as caught:
        release(course, ASSIGNMENT)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("installed", "grading", "installs"),
    [
        (chainrule.__version__, False, False),
        ("0.0.9+course", False, True),
        (None, False, True),
        (None, True, False),
    ],
)
def test_the_first_cell_installs_only_what_is_missing(
    installed, grading, installs, course, monkeypatch
):
    course = configured(course, student_package=WHEEL)
    release(course, ASSIGNMENT)
    code = TransformerManager().transform_cell(released_cells(course)["install"].source)
    typed: list[tuple[str, str]] = []

    class Shell:
        def run_line_magic(self, magic: str, line: str) -> None:
            typed.append((magic, line))

    def version(name: str) -> str:
        assert name == "chainrule"
        if installed is None:
            raise PackageNotFoundError(name)
        return installed

    monkeypatch.setattr("importlib.metadata.version", version)
    monkeypatch.delenv("CHAINRULE_GRADING", raising=False)
    if grading:
        monkeypatch.setenv("CHAINRULE_GRADING", "1")
    exec(code, {"get_ipython": Shell})
    assert typed == [("pip", f'install --quiet "chainrule @ {WHEEL}"')] * installs


def test_a_student_repository_has_what_is_released_and_the_package(course, built, tmp_path):
    course = configured(course, repository="owner/nets")
    release(course, ASSIGNMENT)
    done = publish(course, [ASSIGNMENT], tmp_path / "students")
    files = {p.relative_to(done.folder).as_posix() for p in done.folder.rglob("*") if p.is_file()}
    notebooks = {f"{ASSIGNMENT}/{name}.ipynb" for name in ("numbers", "words")}
    assert files == {"README.md", wheel_name(), *notebooks}
    assert "[numbers](<01-toy/numbers.ipynb>)" in (done.folder / "README.md").read_text("utf-8")
    assert done.next == (
        f"cd {done.folder}",
        "git init -b main",
        "git remote add origin https://github.com/owner/nets.git",
        "git add -A",
        'git commit -m "Release"',
        "git push -u origin main",
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["course", "students"]


def test_the_next_release_keeps_what_is_there_and_takes_away_what_is_gone(course, built, tmp_path):
    folder = tmp_path / "students"
    (folder / ".git").mkdir(parents=True)
    (folder / "LICENSE").write_text("All yours.")
    (folder / "00-earlier").mkdir()
    (folder / ASSIGNMENT).mkdir()
    (folder / ASSIGNMENT / "gone.py").write_text("")
    (folder / "chainrule-0.0.9-py3-none-any.whl").write_text("")
    done = publish(course, [ASSIGNMENT], folder)
    assert {path.name for path in folder.iterdir()} == {
        ".git", "LICENSE", "00-earlier", ASSIGNMENT, "README.md", wheel_name()
    }  # fmt: skip
    assert not (folder / ASSIGNMENT / "gone.py").exists()
    assert done.next[1] == "git add -A"


def test_a_secret_that_somebody_has_put_there_is_not_published(course, built, tmp_path):
    folder = tmp_path / "students"
    folder.mkdir()
    (folder / "notes.md").write_text("The answer:\n    return x + x + 0 * x\n")
    with pytest.raises(CourseError) as caught:
        publish(course, [ASSIGNMENT], folder)
    assert str(caught.value).startswith(f"Nothing was written to {folder}: 1 secret(s) would be")
    assert "notes.md: has a line of the solution of double-answer" in str(caught.value)
    assert f"Take them out of {folder} or of source/, and release again." in str(caught.value)
    assert [path.name for path in folder.iterdir()] == ["notes.md"]


def test_a_secret_in_the_package_is_not_published(course, tmp_path, monkeypatch):
    def leaky(place: Path) -> Path:
        with zipfile.ZipFile(place / wheel_name(), "w") as archive:
            archive.writestr("chainrule/hints.py", "def double(x):\n    return x + x + 0 * x\n")
            archive.writestr("autograder/checks.py", "")
        return place / wheel_name()

    monkeypatch.setattr(publication, "build_wheel", leaky)
    with pytest.raises(CourseError) as caught:
        publish(course, [ASSIGNMENT], tmp_path / "students")
    assert f"{wheel_name()}/autograder: is no part of the student package" in str(caught.value)
    assert "chainrule/hints.py: has a line of the solution" in str(caught.value)
    assert not (tmp_path / "students").exists()


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (".", "holds the course itself, which is not for students"),
        ("..", "holds the course itself"),
        ("release", "lies in the course's folder release/. --to takes a folder of its own"),
        ("source/x", "lies in the course's folder source/"),
        ("nbgrader_config.py", "is a file; --to takes a folder."),
    ],
)
def test_a_folder_of_the_course_is_no_place_for_students(course, place, said):
    with pytest.raises(CourseError) as caught:
        publish(course, [ASSIGNMENT], course.root / place)
    assert said in str(caught.value)


def test_the_wheel_has_the_same_bytes_each_time_and_leaves_the_package_alone(wheel, tmp_path):
    assert build_wheel(tmp_path).read_bytes() == wheel.read_bytes()
    assert wheel.name == wheel_name()
    source = Path(chainrule.__path__[0])
    assert not (source / "build").exists()
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    packages = {path.parent for path in source.rglob("__init__.py")}
    modules = {
        f"chainrule/{path.relative_to(source).as_posix()}"
        for folder in packages
        for path in folder.glob("*.py")
    }
    assert modules == {name for name in inside if name.endswith(".py")}


def test_a_package_without_its_source_cannot_be_built_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(building.chainrule, "__path__", [str(tmp_path)])
    with pytest.raises(CourseError, match=r"has no pyproject\.toml\. Install the course"):
        build_wheel(tmp_path)


def test_a_build_that_fails_says_what_it_needs(tmp_path, monkeypatch):
    source = tmp_path / "broken"
    source.mkdir()
    (source / "pyproject.toml").write_text('[build-system]\nrequires = []\nbuild-backend = "no"\n')
    monkeypatch.setattr(building.chainrule, "__path__", [str(source)])
    with pytest.raises(CourseError, match=r"cannot be built: .*pip install -U setuptools"):
        build_wheel(tmp_path)


def test_the_command_writes_it_and_says_what_to_push(course, built, tmp_path):
    folder = tmp_path / "students"
    arguments = ["release", "--course", str(course.root), "--to", str(folder)]
    shown = CliRunner().invoke(app, arguments)
    assert shown.exit_code == 0, shown.output
    said = " ".join(shown.output.split())
    assert f"written {folder}: README.md, {wheel_name()} and 1 assignment;" in said
    assert "git remote add origin ADDRESS-OF-THE-STUDENT-REPOSITORY git add -A" in said
    result = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).stdout)
    assert result["published"]["assignments"] == [ASSIGNMENT]
    assert os.path.isdir(result["published"]["folder"])


def test_the_committed_list_of_notebooks_is_what_is_released():
    committed = PROJECT / "release" / "README.md"
    assert committed.read_text("utf-8") == readme(load_course(PROJECT), PROJECT / "release"), (
        f"{committed} is out of date: run `autograder release`"
    )
