"""Nothing is graded twice without need, and nothing recorded is lost, however a run ends."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from autograder.cli import app
from autograder.course import CourseError, load_course
from autograder.gradebook import fingerprint
from autograder.gradebook.lock import only_run
from autograder.gradebook.scores import read_scores
from autograder.gradebook.table import read_grades
from autograder.grading.run import grade
from autograder.release import release
from autograder.sandbox.run import run_notebook

from .conftest import ASSIGNMENT, RIGHT, cells, hand_in, write

SMALL = {
    "ada": RIGHT,
    "bob": {},
    "cy": RIGHT | {"double-answer": "def double(x):\n    return 4"},
    "dan": RIGHT | {"double-answer": "import os\ndef double(x):\n    os._exit(1)"},
}
LATER = RIGHT | {"square-answer": "def square(x):\n    return x"}
WAIT_SECONDS = 60.0


class Counting(Executor):
    """Runs tasks at once, here, and counts them."""

    def __init__(self) -> None:
        self.ran = 0

    def submit(self, function, /, *args, **kwargs):
        assert function is run_notebook
        self.ran += 1
        future: Future = Future()
        future.set_result(function(*args, **kwargs))
        return future


def runs(course, **options) -> int:
    """Grade, and say how many notebooks that took."""
    counting = Counting()
    grade(course, ASSIGNMENT, executor=counting, **options)
    return counting.ran


def points(course) -> dict[str, dict]:
    return {row.student: cells(row) for row in read_grades(course, ASSIGNMENT)}


@pytest.fixture(scope="module")
def small(released, tmp_path_factory):
    """Four students, graded without a disturbance. Look, do not touch."""
    folder = tmp_path_factory.mktemp("small") / "course"
    shutil.copytree(released.root, folder)
    course = load_course(folder)
    for student, answers in SMALL.items():
        for notebook in ("numbers", "words"):
            hand_in(course, student, notebook, answers)
    grade(course, ASSIGNMENT, workers=2)
    return course


@pytest.fixture
def copy(small, tmp_path):
    """The graded class once more, to change."""
    shutil.copytree(small.root, tmp_path / "course")
    return load_course(tmp_path / "course")


# --- kept by content ---------------------------------------------------------


def test_a_second_run_runs_nothing_and_returns_the_same(copy):
    before = points(copy)
    kept = []
    assert runs(copy, on_kept=kept.append) == 0
    assert kept == [2 * len(SMALL)]
    assert points(copy) == before


def test_the_command_says_how_many_were_kept_and_again_grades_them_anew(copy):
    def run(*more: str) -> str:
        done = CliRunner().invoke(app, ["grade", ASSIGNMENT, "--course", str(copy.root), *more])
        assert done.exit_code == 0, done.output
        return done.output

    assert "8 notebook(s) kept from earlier runs" in run()
    page = copy.path("autograded", ASSIGNMENT, "ada") / "words.ipynb"
    before = page.stat().st_mtime_ns
    assert "kept" not in run("--again", "--student", "ada", "--workers", "1")
    assert page.stat().st_mtime_ns > before


def test_a_changed_notebook_is_graded_again_and_the_one_beside_it_is_left_alone(copy):
    beside = copy.path("autograded", ASSIGNMENT, "ada") / "words.ipynb"
    before = (beside.read_bytes(), beside.stat().st_mtime_ns)
    hand_in(copy, "ada", "numbers", LATER)
    assert runs(copy) == 1
    assert cells(read_grades(copy, ASSIGNMENT)[0])["square"] == (0, "graded")
    assert (beside.read_bytes(), beside.stat().st_mtime_ns) == before
    assert runs(copy) == 0


def test_a_notebook_that_is_taken_back_earns_nothing_and_the_rest_is_kept(copy):
    (copy.path("submitted", ASSIGNMENT, "ada") / "words.ipynb").unlink()
    assert runs(copy) == 0
    ada = points(copy)["ada"]
    assert (ada["shout"], ada["square"]) == ((0, "missing"), (3, "graded"))
    assert not (copy.path("autograded", ASSIGNMENT, "ada") / "words.ipynb").exists()


def test_a_file_beside_the_notebooks_concerns_all_of_its_student_and_nobody_else(copy):
    (copy.path("submitted", ASSIGNMENT, "cy") / "weights.bin").write_bytes(b"1")
    assert runs(copy) == 2


def test_points_that_a_person_enters_are_shown_at_once_and_survive_every_run(copy):
    with Gradebook(copy.db_url, copy.id) as gradebook:
        gradebook.find_grade("why", "numbers", ASSIGNMENT, "ada").manual_score = 3.5
        gradebook.find_grade("double", "numbers", ASSIGNMENT, "cy").manual_score = 2
        gradebook.db.commit()
    assert runs(copy) == 0
    assert points(copy)["ada"]["why"] == (3.5, "graded")
    assert points(copy)["cy"]["double"] == (2, "graded")
    hand_in(copy, "ada", "numbers", LATER)
    assert runs(copy) == 1
    assert points(copy)["ada"]["why"] == (3.5, "graded")


def test_a_changed_test_regrades_its_notebook_and_no_other_once_it_is_released(copy):
    path = copy.path("source", ASSIGNMENT) / "words.ipynb"
    source = nbformat.read(path, as_version=4)
    source.cells[-1].source = source.cells[-1].source.replace("chain rule", "chains")
    source.cells[-1].source = source.cells[-1].source.replace("CHAIN RULE", "CHAINS")
    write(source, path)
    assert runs(copy) == 0  # nothing is judged by it yet
    release(copy, ASSIGNMENT)
    assert runs(copy) == len(SMALL)


def test_other_limits_regrade(copy):
    config = copy.root / "nbgrader_config.py"
    config.write_text(config.read_text() + "\nc.Execute.timeout = 4\n")
    assert runs(load_course(copy.root), student="ada") == 2


def test_a_notebooks_own_deadline_regrades_it_and_no_other(copy):
    config = copy.root / "nbgrader_config.py"
    text = config.read_text()
    config.write_text(f'{text}\nc.ExecuteAll.deadlines = {{"{ASSIGNMENT}/words/shout": 9}}\n')
    assert runs(load_course(copy.root)) == len(SMALL)
    config.write_text(f'{text}\nc.ExecuteAll.deadlines = {{"{ASSIGNMENT}/words/shuot": 9}}\n')
    with pytest.raises(CourseError, match="no cell with the grade_id 'shuot'"):
        grade(load_course(copy.root), ASSIGNMENT)


def test_a_changed_page_of_the_pdf_grades_nothing_again(tmp_path, monkeypatch):
    for name in ("pdf", "worksheets"):
        (tmp_path / "chainrule" / name).mkdir(parents=True)
        (tmp_path / "chainrule" / name / "code.py").write_text("1")
    package = SimpleNamespace(__path__=[str(tmp_path / "chainrule")])
    monkeypatch.setattr(fingerprint, "chainrule", package)
    before = fingerprint.code_digest(ASSIGNMENT)
    (tmp_path / "chainrule" / "pdf" / "code.py").write_text("2")
    assert fingerprint.code_digest(ASSIGNMENT) == before
    (tmp_path / "chainrule" / "worksheets" / "code.py").write_text("2")
    assert fingerprint.code_digest(ASSIGNMENT) != before


def test_a_changed_check_concerns_its_assignment_and_a_shared_one_all(tmp_path, monkeypatch):
    checks = tmp_path / "checks"
    for name in ("a01_toy", "a02_other", "worksheets"):
        (checks / name).mkdir(parents=True)
        (checks / name / "ask.py").write_text("1")
    package = SimpleNamespace(__path__=[str(tmp_path)])
    monkeypatch.setattr(fingerprint, "autograder", package)
    before = fingerprint.code_digest(ASSIGNMENT)
    (checks / "a02_other" / "ask.py").write_text("2")
    assert fingerprint.code_digest(ASSIGNMENT) == before
    (checks / "a01_toy" / "ask.py").write_text("2")
    own = fingerprint.code_digest(ASSIGNMENT)
    (checks / "worksheets" / "ask.py").write_text("2")
    assert len({before, own, fingerprint.code_digest(ASSIGNMENT)}) == 3


def test_what_no_longer_agrees_with_the_gradebook_or_the_disk_is_graded_again(copy):
    with Gradebook(copy.db_url, copy.id) as gradebook:  # as another tool would
        gradebook.find_grade("square", "numbers", ASSIGNMENT, "cy").auto_score = 0
        gradebook.db.commit()
    (copy.path("autograded", ASSIGNMENT, "ada") / "words.ipynb").unlink()
    (copy.root / "grades" / ".kept" / ASSIGNMENT / "bob" / "words.json").write_text('{"key":')
    before = points(copy)
    assert runs(copy) == 3
    assert points(copy) == before


def test_what_failed_for_a_reason_of_ours_is_not_kept(copy):
    class Lost(Counting):
        def submit(self, function, /, *args, **kwargs):
            future: Future = Future()
            future.set_exception(OSError("the machine went away"))
            return future

    grade(copy, ASSIGNMENT, student="cy", executor=Lost(), again=True)
    assert points(copy)["cy"]["square"] == (0, "not graded")
    assert runs(copy) == 2
    assert points(copy)["cy"]["square"] == (3, "graded")


# --- kill -9 -----------------------------------------------------------------


@contextmanager
def in_background(course, *more: str):
    """`autograder grade` in a session of its own; killed at the end, if it still runs."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-c", "from autograder.cli import app; app()"),
            *("grade", ASSIGNMENT, "--course", str(course.root), *more),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def kept_files(course) -> dict[str, str]:
    folder = course.root / "grades" / ".kept"
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.json")}


def until(condition, what: str) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited {WAIT_SECONDS:g} s for {what}"
        time.sleep(0.01)


def processes_of_session(session: int) -> list[str]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, owner = stat.read_text().rpartition(")")[2].split()[:4]
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has just gone
        if int(owner) == session and state != "Z":
            found.append(stat.parent.name)
    return found


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_kill_9_at_any_moment_loses_no_recorded_grade_and_the_next_run_goes_on(small, tmp_path):
    shutil.copytree(small.root, tmp_path / "course")
    course = load_course(tmp_path / "course")
    shutil.rmtree(course.root / "grades")
    shutil.rmtree(course.root / "autograded")
    with Gradebook(course.db_url, course.id) as gradebook:
        for student in SMALL:
            gradebook.remove_submission(ASSIGNMENT, student)
    chance = random.Random(20)
    undisturbed = read_scores(small, ASSIGNMENT)
    for wanted in (0, 0, 1, 1, 2, 3, 4, 5, 6, 7):
        recorded = kept_files(course)
        with in_background(course, "--workers", "2") as run:
            until(
                lambda wanted=wanted, run=run: (
                    len(kept_files(course)) >= wanted or run.poll() is not None
                ),
                f"{wanted} graded notebooks",
            )
            time.sleep(chance.uniform(0, 3 if wanted == 0 else 0.3))
            os.kill(run.pid, signal.SIGKILL)
            session = run.pid
        until(lambda session=session: not processes_of_session(session), "the workers to end")
        now = kept_files(course)
        assert recorded.items() <= now.items(), "a recorded grade has changed"
        scores = read_scores(course, ASSIGNMENT)
        for student, notebook in (Path(name).with_suffix("").parts[1:] for name in now):
            assert scores[student, notebook] == undisturbed[student, notebook]
    left = 2 * len(SMALL) - len(kept_files(course))
    assert runs(course) == left
    assert points(course) == points(small)
    assert read_scores(course, ASSIGNMENT) == undisturbed


# --- two at once -------------------------------------------------------------


def test_a_second_run_is_refused_with_the_first_ones_process_and_the_first_finishes(copy):
    shutil.rmtree(copy.root / "grades")
    with in_background(copy, "--json", "--workers", "1") as first:
        lock = copy.root / "grades" / ".lock"
        until(lambda: lock.exists() and lock.read_text(), "the first run's lock")
        with pytest.raises(CourseError, match=f"process {first.pid}"):
            grade(copy, ASSIGNMENT)
        said, _ = first.communicate(timeout=WAIT_SECONDS)
    assert first.returncode == 0, said
    assert len(json.loads(said)) == len(SMALL)
    assert runs(copy) == 0


def test_a_killed_run_leaves_no_lock_behind(copy):
    hold = (
        "import sys, time; from pathlib import Path; from autograder.course import load_course\n"
        "from autograder.gradebook.lock import only_run\n"
        "with only_run(load_course(Path(sys.argv[1]))):\n"
        "    print('held', flush=True); time.sleep(60)\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(copy.root)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(CourseError, match="Another run"), only_run(copy):
            pass
    finally:
        holder.kill()
        holder.communicate()
    with only_run(copy):
        pass
