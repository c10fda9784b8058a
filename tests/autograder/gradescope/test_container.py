"""The zip, unpacked and set up as Gradescope does it: a result for every submission."""

from __future__ import annotations

import io
import json
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import pytest

import autograder
import chainrule
from autograder.course import load_course
from autograder.gradescope import run as running
from autograder.gradescope.package import STOPPED
from autograder.gradescope.results import OUT_OF_TIME
from autograder.gradescope.run import NOT_HERE, Here, Run, main
from autograder.sandbox.settings import NotIsolated, Sandbox

from ..conftest import RIGHT
from . import container
from .conftest import Image, filled, points, unpack

ALL = {"double": 2.0, "square": 3.0, "why": None, "shout": 1.0}


@pytest.fixture
def own(image: Image, tmp_path: Path) -> Image:
    """The image once more, to change; a container starts from one of its own, too."""
    shutil.copytree(image.root, tmp_path / "autograder")
    environment = {**image.environment, "AUTOGRADER_ROOT": str(tmp_path / "autograder")}
    return Image(tmp_path / "autograder", environment, image.log)


def graded(image: Image, monkeypatch: pytest.MonkeyPatch) -> dict:
    """What run_autograder's Python does, in this process, which has its zygote already."""
    monkeypatch.setenv("AUTOGRADER_ROOT", str(image.root))
    main([])
    return json.loads((image.root / "results" / "results.json").read_text("utf-8"))


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


# -- what comes in ------------------------------------------------------------------------


def test_setup_ends_with_a_trial(image):
    assert "Trial: 4 questions" in image.log
    assert not (image.root / "results" / "results.json").exists()


def test_the_scripts_grade_a_submission_from_end_to_end(own, own_course):
    files = [(f"{name}.ipynb", filled(own_course, name)) for name in ("numbers", "words")]
    own.submit(*files)
    results = own.run()
    assert points(results) == ALL
    assert results["score"] == 6.0
    assert 0 < results["execution_time"] < 100
    assert "processes:" in results["stdout"], "the instructor reads which walls stood"
    # Closed to everybody else, the student's code among them.
    for folder in ("", "source", "results"):
        assert (own.root / folder).stat().st_mode & 0o077 == 0


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


@pytest.mark.parametrize("layout", ["folder", "zip", "zip in a zip", "copies"])
def test_any_layout_is_read(own, own_course, monkeypatch, layout):
    files = {f"{name}.ipynb": filled(own_course, name) for name in ("numbers", "words")}
    if layout == "folder":
        own.submit(*((f"my homework/{name}", data) for name, data in files.items()))
    elif layout == "zip":
        litter = {"__MACOSX/._words.ipynb": b"x"}
        own.submit(("hw1.zip", zipped({f"hw1/{n}": d for n, d in files.items()} | litter)))
    elif layout == "zip in a zip":
        own.submit(("all.zip", zipped({"ada.zip": zipped(files)})))
    else:
        own.submit(*((name.replace(".", " (1)."), data) for name, data in files.items()))
    assert points(graded(own, monkeypatch)) == ALL


def test_a_submission_without_a_notebook_is_told_what_to_submit(own, monkeypatch):
    own.submit(("answers.docx", b"word"), ("report.pdf", b"%PDF"))
    results = graded(own, monkeypatch)
    assert results["score"] == 0.0
    assert results["output"].startswith(
        "There is no notebook of this assignment in what you submitted, so nothing could be "
        "graded. Submit again, with: numbers.ipynb, words.ipynb."
    )
    assert "Not used: answers.docx: is neither a notebook nor data" in results["output"]
    assert points(results) == {"double": 0.0, "square": 0.0, "why": None, "shout": 0.0}


def test_an_empty_submission_is_told_so_too(own, monkeypatch):
    own.submit()
    assert graded(own, monkeypatch)["output"].startswith("There is no notebook of this assignment")


def test_an_unreadable_notebook_costs_its_own_questions_and_says_why(own, own_course, monkeypatch):
    data = filled(own_course, "numbers")
    own.submit(
        ("numbers.ipynb", b"\x00\xff" + data[:50]), ("words.ipynb", filled(own_course, "words"))
    )
    results = graded(own, monkeypatch)
    assert points(results) == {"double": 0.0, "square": 0.0, "why": None, "shout": 1.0}
    assert "numbers: unreadable: " in results["output"]


def test_a_zip_that_climbs_out_of_its_folder_is_not_used(own, own_course, monkeypatch):
    evil = zipped({"../../words.ipynb": b"{}", "numbers.ipynb": filled(own_course, "numbers")})
    own.submit(("hw.zip", evil))
    results = graded(own, monkeypatch)
    assert points(results) == {**ALL, "shout": 0.0}
    assert "hw.zip!../../words.ipynb: has a path that leads out of its folder" in results["output"]


# -- whatever goes wrong, there is a result -----------------------------------------------


def test_there_is_a_result_when_the_time_is_over(own, own_course):
    own.submit(("words.ipynb", filled(own_course, "words")))
    replace(own.root / "run_autograder", "+ 570", "+ 0")
    results = own.run()
    assert "could not be graded in the time" in results["output"] or "time was over" in str(results)
    assert results["score"] == 0.0


def test_what_was_graded_before_the_time_was_over_counts(own, own_course, monkeypatch, capsys):
    own.submit(*((f"{n}.ipynb", filled(own_course, n)) for n in ("numbers", "words")))
    seen = []
    at_once = Here.submit

    def submit(self, function, /, *arguments):
        if seen:  # the first notebook is through; whoever watches the clock would write this now
            seen.append(this.in_time())
        seen.append(None)
        return at_once(self, function, *arguments)

    monkeypatch.setattr(running.Here, "submit", submit)
    monkeypatch.setattr("autograder.sandbox.pool.IN_FLIGHT", 1)
    this = Run(own.root, own.root / "submission")
    with tempfile.TemporaryDirectory() as folder:
        this.grade(Path(folder))
    (late,) = filter(None, seen)
    assert points(late) == {**ALL, "shout": 0.0}
    assert "Not graded, for the time was over: words." in late["output"]
    assert "The time is over. Graded: numbers\n" in capsys.readouterr().out


def test_the_script_ends_a_run_that_hangs(own, own_course):
    own.submit(("words.ipynb", filled(own_course, "words")))
    replace(own.root / "run_autograder", "timeout --signal=KILL 580", "timeout --signal=KILL 1")
    replace(own.root / "run_autograder", '"$SECONDS" -ge 580', '"$SECONDS" -ge 1')
    assert own.run()["output"] == OUT_OF_TIME


def test_a_run_that_is_killed_leaves_a_result(own):
    own.submit()
    (own.root / "source" / "python").write_text("/bin/false\n")
    assert own.run()["output"] == STOPPED


def test_a_fault_of_ours_is_said_to_the_student_and_shown_to_the_instructor(
    own, monkeypatch, capsys
):
    own.submit()
    (own.root / "source" / "course" / "gradebook.db").write_bytes(b"torn")
    results = graded(own, monkeypatch)
    assert results["output"] == NOT_HERE
    assert results["tests"] == []
    said = capsys.readouterr()
    assert "Not graded: " in said.out or "Traceback" in said.err


def test_a_machine_without_walls_runs_nothing_and_says_so(own, own_course, monkeypatch, capsys):
    def none(self):
        raise NotIsolated("This machine cannot isolate student code, so none was run.")

    monkeypatch.setattr(Sandbox, "jail", none)
    own.submit(("words.ipynb", filled(own_course, "words")))
    assert graded(own, monkeypatch)["output"] == NOT_HERE
    assert "Not graded: This machine cannot isolate student code" in capsys.readouterr().out


# -- the student's code there -------------------------------------------------------------

SPY = r"""
import glob, os, socket
from pathlib import Path

# A hidden test, a solution, a check, and what is nobody's business.
SECRETS = (b"double(21) == 4" + b"2", b"x + x + " + b"0 * x", b"def held_" + b"out")
SECRETS += (b"CAN" + b"ARY",)
found = []

def look(file, secrets=SECRETS):
    try:
        with open(file, "rb") as opened:
            data = opened.read(1_000_000)
    except OSError:
        return
    if any(secret in data for secret in secrets):
        found.append(f"READ {file}")

for place in (ROOT, "/dev/shm", "/var/tmp", *glob.glob("/tmp/chainrule-*")):
    for folder, folders, names in os.walk(place):
        for name in names:
            look(os.path.join(folder, name))
for folder, folders, names in os.walk("PACKAGE"):
    for name in names:
        look(os.path.join(folder, name), (b"",))
for place in (ROOT, ROOT + "/results", ROOT + "/source", "PACKAGE"):
    for action in (
        lambda: Path(place, "results.json").write_text('{"score": 1000}'),
        lambda: os.rename(place, place + "-gone"),
        lambda: os.symlink("/tmp", place + "/link"),
        lambda: [][len(os.listdir(place))],
    ):
        try:
            action()
            found.append(f"WROTE {place}")
        except OSError:
            pass
        except IndexError:
            found.append(f"LISTED {place}")
for pid in filter(str.isdigit, os.listdir("/proc")):
    for name in ("environ", "maps"):
        look(f"/proc/{pid}/{name}", (b"CAN" + b"ARY",))
    if int(pid) not in (os.getpid(), os.getppid()):
        try:
            os.kill(int(pid), 0)
            found.append(f"REACHED {pid}")
        except OSError:
            pass
try:
    socket.create_connection(("127.0.0.1", PORT), 0.5)
    found.append("CALLED")
except OSError:
    pass

def double(x):
    return f"user {os.getuid()}, found: {found}"
"""


@pytest.fixture
def server() -> Iterator[int]:
    """Somebody who answers on this machine; the port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def spied(image: Image, package: Path, port: int, *before: str) -> dict:
    """Submit the spy. What it found is what its `double` returns, and the hidden test prints."""
    known = {"ROOT": repr(str(image.root)), "PORT": str(port), "PACKAGE": str(package)}
    spy = SPY
    for name, value in known.items():
        spy = spy.replace(name, value)
    course = load_course(image.root / "source" / "course")
    notebook = filled(course, "numbers", {**RIGHT, "double-answer": spy})
    image.submit(("numbers.ipynb", notebook))
    (image.root / "submission_metadata.json").write_text('{"users": [{"email": "CANARY@x.org"}]}')
    image.environment["TOKEN"] = "CANARY"
    return image.run(*before)


def test_the_students_code_reads_and_writes_nothing_of_ours(own, server):
    # Toy notebooks have no check by name, so that the package itself is open to them here.
    results = spied(own, Path("/nonexistent"), server)
    assert "found: []" in results["tests"][0]["output"], results["tests"][0]["output"]
    assert results["score"] == 3.5  # as a wrong answer: half a point, and the other question's
    assert not list(own.root.glob("*gone*"))


@pytest.fixture(scope="module")
def bare_image(package) -> Iterator[tuple[Image, Path]]:
    """An image whose Python and packages any user may read, and its copy of our package, closed.

    As setup.sh makes it on Gradescope, but with the libraries of these tests.
    """
    python = readable_python()
    if not container.possible() or python is None:
        pytest.skip("needs root, and a Python that other users may read")
    with tempfile.TemporaryDirectory(prefix="image-") as folder:
        os.chmod(folder, 0o755)
        place = Path(folder)
        subprocess.run([python, "-m", "venv", "--without-pip", place / "venv"], check=True)
        (site,) = (place / "venv" / "lib").glob("python3*/site-packages")
        for ours in (autograder, chainrule):
            shutil.copytree(ours.__path__[0], site / ours.__name__)
            about = distribution(ours.__name__)._path
            shutil.copytree(about, site / about.name)
        (site / "others.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
        subprocess.run(["chmod", "-R", "go=", site / "autograder"], check=True)
        image = unpack(package.file, place / "autograder", place / "venv" / "bin" / "python")
        with (image.root / "source" / "course" / "nbgrader_config.py").open("a") as config:
            config.write("c.Sandbox.allow_unisolated = False\n")
        yield image, site / "autograder"


def readable_python() -> str | None:
    """An interpreter of this version that every user can start, with our libraries at hand."""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for found in (os.path.realpath(sys.executable), shutil.which(name, path="/usr/bin:/bin")):
        if found and all(map(_is_open, (found, os.path.dirname(np.__file__)))):
            return found
    return None


def _is_open(path: str) -> bool:
    return all(place.stat().st_mode & 0o001 for place in (Path(path), *Path(path).parents))


def test_nor_does_it_in_a_container_without_namespaces_and_without_landlock(bare_image, server):
    image, ours = bare_image
    results = spied(image, ours, server, sys.executable, container.__file__)
    output = results["tests"][0]["output"]
    assert "found: []" in output, output
    assert "user 0," not in output
    assert results["score"] == 3.5
    assert "processes: another user; files: permissions; network: seccomp" in results["stdout"]


def test_nothing_is_run_there_while_anything_of_ours_is_open(bare_image):
    image, ours = bare_image
    image.submit(("words.ipynb", filled(load_course(image.root / "source" / "course"), "words")))
    ours.chmod(0o755)
    try:
        results = image.run(sys.executable, container.__file__)
    finally:
        ours.chmod(0o700)
    assert results["output"] == NOT_HERE
    assert f"permissions: {ours} is open to other users" in results["stdout"]


def test_a_notebook_may_not_use_up_the_time_of_the_others(own, own_course, monkeypatch):
    own.submit(("words.ipynb", filled(own_course, "words")))
    seen = []

    def submit(self, function, task):
        settings = dict(task.settings)
        seen.append((settings["ExecuteAll"]["notebook_timeout"], settings["Execute"]["timeout"]))
        raise RuntimeError("enough is known")

    monkeypatch.setattr(running.Here, "submit", submit)
    with tempfile.TemporaryDirectory() as folder, pytest.raises(RuntimeError):
        Run(own.root, own.root / "submission", most_seconds=570).grade(Path(folder))
    # Half of it, for there are two notebooks; and a cell may take twice as long as at home.
    assert seen == [(285, 6)]
