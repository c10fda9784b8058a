"""No student can earn a point by tampering, read what is hidden, or cost another anything."""

from __future__ import annotations

import html
import inspect
import os
import re
import secrets
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import nbformat
import pytest
from nbgrader import utils

import autograder
from autograder.checks.a01_backprop_worksheets import bias_gradients
from autograder.course import Course
from autograder.feedback.pages import write_feedback
from autograder.grading.run import grade
from autograder.sandbox.isolation import probe_machine
from autograder.sandbox.pool import local_pool
from autograder.sandbox.transcript import verdict_text
from autograder.submission import Graded

from .attacks import (
    ASSIGNMENT,
    NOTEBOOK,
    RIGHT,
    WRONG,
    hand_in,
    hand_in_attack,
    make_course,
    read_attacks,
)
from .witness import (
    Server,
    adopt_orphans,
    assignment,
    descendants,
    hashes,
    left_over,
    scores,
)

ATTACKS = read_attacks()
JAIL = probe_machine()
pytestmark = pytest.mark.skipif(not JAIL.isolated, reason="; ".join(JAIL.lines()))


@dataclass(frozen=True)
class Class:
    """A graded class, and what was there before and after."""

    course: Course
    rows: dict[str, Graded]
    alone: tuple  # the honest student's rows of the gradebook, graded without the others
    base: tuple  # what the gradebook said of the assignment before the class
    files: dict[str, str]  # of the course, before
    canaries: dict[str, str]
    arrived: list[bytes]  # at the server that attackers call
    left: list[str]  # processes and temporary files, afterwards


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Class]:
    """All attackers with two honest students among them, graded once by the real engine."""
    folder = tmp_path_factory.mktemp("hostile")
    canaries = {
        where: f"CANARY-{where}-{secrets.token_hex(8)}"
        for where in ("solution", "neighbour", "file", "environment")
    }
    course = make_course(folder / "course", canaries["solution"])
    right = {
        **RIGHT,
        "bias_factor_relu": f"# {canaries['neighbour']}\n" + RIGHT["bias_factor_relu"],
    }
    neighbour = hand_in(course, "honest", right)
    (neighbour / "notes.txt").write_text(canaries["neighbour"])
    (course.root / "gradebook").mkdir()
    (course.root / "gradebook" / "notes.txt").write_text(canaries["file"])

    # What workers are forked from stays as long as this process, and so must its temporary folder.
    with local_pool(1, kernels=False) as pool:
        pool.submit(os.getpid).result()
    # A short path, because sockets lie below it.
    with (
        tempfile.TemporaryDirectory(prefix="hostile-") as temporary,
        pytest.MonkeyPatch.context() as patch,
        Server() as server,
    ):
        patch.setenv("TMPDIR", temporary)
        patch.setattr(tempfile, "tempdir", temporary)
        patch.setenv("GRADERS_TOKEN", canaries["environment"])
        adopt_orphans(True)
        before = descendants(os.getpid())
        grade(course, ASSIGNMENT, workers=1, again=True)
        alone = scores(course, "honest")
        base, files = assignment(course), hashes(course.root)
        known = {
            "COURSE": str(course.root),
            "PACKAGE": autograder.__path__[0],
            "GRADER": str(os.getpid()),
            "TMP": temporary,
            "HOST": socket.gethostname(),
            "PORT": str(server.port),
            "ABSTRACT": server.abstract,
        }
        hand_in(course, "wrong", WRONG)
        for attack in ATTACKS.values():
            hand_in_attack(course, attack, known)
        handed_in = hashes(course.root / "submitted")
        files = {name: seen for name, seen in files.items() if not name.startswith("submitted/")}
        files |= {f"submitted/{name}": seen for name, seen in handed_in.items()}
        rows = {row.student: row for row in grade(course, ASSIGNMENT, workers=2, again=True)}
        left = left_over(temporary, before)
        yield Class(course, rows, alone, base, files, canaries, server.arrived(), left)
        adopt_orphans(False)


def _executed(graded: Class, student: str) -> nbformat.NotebookNode:
    """A notebook after its run; without cells if it never got that far."""
    path = graded.course.path("autograded", ASSIGNMENT, student) / f"{NOTEBOOK}.ipynb"
    if not path.exists():
        assert graded.rows[student].notebooks[0].status != "graded"
        return nbformat.v4.new_notebook()
    return nbformat.read(path, as_version=4)


def _outputs(graded: Class, student: str) -> str:
    """All that the executed notebook shows, one text."""
    cells = _executed(graded, student).cells
    shown = [str(output) for cell in cells for output in cell.get("outputs", ())]
    return "\n".join(shown).replace("\\n", "\n")


def _secret_lines() -> list[str]:
    """Lines of the checks that say how an answer is marked and what it must be."""
    lines = inspect.getsource(bias_gradients).splitlines()
    wanted = [line.strip() for line in lines if "lambda" in line or "t.part(" in line]
    assert len(wanted) > 20
    return wanted


# -- the honest ---------------------------------------------------------------------------


def test_there_are_at_least_forty_ideas():
    assert len(ATTACKS) >= 40
    assert all(attack.points >= 0 for attack in ATTACKS.values())


def test_the_honest_student_has_all_points_and_no_flag(graded):
    honest = graded.rows["honest"]
    assert (honest.automatic_points, honest.max_automatic_points) == (9, 9)
    assert honest.trouble == ()


def test_wrong_answers_of_the_right_form_earn_nothing_and_are_not_flagged(graded):
    wrong = graded.rows["wrong"]
    assert (wrong.automatic_points, wrong.trouble) == (0, ())


def test_the_honest_students_rows_in_the_gradebook_are_as_without_the_others(graded):
    assert graded.alone
    assert scores(graded.course, "honest") == graded.alone


# -- each attack --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ATTACKS)
def test_nothing_is_gained(graded, name):
    row = graded.rows[name]
    earned = {c.id: c.points for n in row.notebooks for c in n.cells if c.points}
    assert row.automatic_points == ATTACKS[name].points, earned
    in_gradebook = sum(
        manual if manual is not None else (auto or 0) + (extra or 0)
        for _, auto, manual, extra, _ in scores(graded.course, name)
    )
    assert in_gradebook == ATTACKS[name].points


@pytest.mark.parametrize("name", ATTACKS)
def test_nothing_hidden_is_shown(graded, name):
    shown = _outputs(graded, name)
    found = [where for where, canary in graded.canaries.items() if canary in shown]
    found += [line for line in _secret_lines() if line in shown]
    assert found == []


def test_what_the_judge_said_stays_as_it_was(graded):
    """Seven cells with wrong answers: none of their verdicts may be written over."""
    cells = _executed(graded, "writes_over_the_verdicts_text").cells
    tests = [cell for cell in cells if utils.is_grade(cell) and not utils.is_solution(cell)]
    verdicts = [verdict_text(cell) for cell in tests]
    assert len(verdicts) == 7
    assert not any("FORGED" in text for text in verdicts)
    assert all(re.search(r": 0 of [\d.]+ points?", text) for text in verdicts)


@pytest.mark.parametrize("name", ["reads_in_history", "walks_the_frames"])
def test_the_hidden_line_of_a_test_cell_is_not_in_what_the_student_gets_back(graded, name):
    # The kernel has to see `grade("…", …)` to run it. It says no more than the question's name.
    (feedback,) = write_feedback(graded.course, ASSIGNMENT, name)
    (page,) = feedback.pages
    seen = re.sub("<[^>]*>", "", html.unescape(page.read_text("utf-8")))
    assert "BEGIN HIDDEN" not in seen
    assert 'grade("bias_' not in seen


@pytest.mark.parametrize("name", [name for name, attack in ATTACKS.items() if attack.shows])
def test_the_instructor_reads_what_happened(graded, name):
    row = graded.rows[name]
    read = "\n".join(row.trouble)  # what `autograder grade` says, and the table's last column
    for notebook in row.notebooks:
        for cell in notebook.cells:
            read += f"\n{cell.id}: {cell.status}: {cell.reason}\n{cell.messages}"
    assert ATTACKS[name].shows in read


@pytest.mark.parametrize("name", ATTACKS)
def test_every_cell_has_points_or_a_reason_and_a_notebook_that_opens(graded, name):
    for notebook in graded.rows[name].notebooks:
        for cell in notebook.cells:
            assert cell.manual or cell.points is not None, asdict(cell)
            assert cell.status == "graded" or cell.reason, asdict(cell)
    nbformat.validate(_executed(graded, name))


# -- the course ---------------------------------------------------------------------------


def test_the_gradebook_knows_the_assignment_as_it_was(graded):
    assert assignment(graded.course) == graded.base


def test_no_file_of_the_course_was_changed_or_added(graded):
    assert hashes(graded.course.root) == graded.files


def test_nothing_reached_the_network(graded):
    assert graded.arrived == []


def test_nothing_is_alive_and_no_folder_is_left(graded):
    assert graded.left == []


@pytest.mark.usefixtures("graded")
def test_nothing_was_written_on_the_graders_machine():
    places = (tempfile.gettempdir(), "/etc", "/usr/lib", "/", Path.home(), autograder.__path__[0])
    assert not any(Path(place, "hostile-was-here").exists() for place in places)
