"""A class graded into PostgreSQL, on a server of the test's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.course import Course, load_course
from autograder.gradebook.grades import refresh_grades
from autograder.grading.run import grade
from autograder.release import release

from .conftest import ASSIGNMENT, CLASS, RIGHT, cells, hand_in, make_course

URL = "CHAINRULE_TEST_POSTGRES"
"""May hold the address of an empty database, postgresql+psycopg://…, to be used instead."""

ORDINARY = "nobody"
"""Who runs the server if the tests are root's: PostgreSQL refuses root."""

pytest.importorskip("psycopg", reason="no driver: pip install 'autograder[postgres]'")


def find_server() -> Path | None:
    """The folder of PostgreSQL's programs; Debian's are not on PATH."""
    found = [Path(path).resolve().parent for path in (shutil.which("postgres"),) if path]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((folder for folder in found if (folder / "pg_ctl").exists()), None)


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The address of an empty database."""
    if URL in os.environ:
        yield os.environ[URL]
        return
    programs = find_server()
    if programs is None:
        pytest.skip(f"PostgreSQL is not installed; or name an empty database in {URL}")
    user = ORDINARY if os.geteuid() == 0 else None
    # Not in pytest's folder: a socket's path is short, and the other user must get there.
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        if user is not None:
            shutil.chown(folder, user)

        def run(program: str, *arguments: str) -> None:
            command = [str(programs / program), "-D", f"{folder}/data", *arguments]
            subprocess.run(
                command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL, timeout=120
            )

        run("initdb", "-U", "grader", "--auth=trust", "--no-sync", "--encoding=UTF8")
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "-w", "-l", f"{folder}/log", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://grader@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-m", "immediate", "stop")


@pytest.fixture(scope="module")
def course(database: str, tmp_path_factory: pytest.TempPathFactory) -> Course:
    made = make_course(tmp_path_factory.mktemp("postgres") / "course")
    config = made.root / "nbgrader_config.py"
    config.write_text(f"{config.read_text()}\nc.CourseDirectory.db_url = {database!r}\n")
    made = load_course(made.root)
    release(made, ASSIGNMENT)
    for student in ("ada", "bob", "cy", "dan"):
        for notebook in ("numbers", "words"):
            hand_in(made, student, notebook, CLASS[student])
    return made


def test_a_class_is_graded_kept_and_marked_as_with_sqlite(course, graded):
    rows = {row.student: row for row in grade(course, ASSIGNMENT, workers=2)}
    assert {student: cells(row) for student, row in rows.items()} == {
        student: cells(graded[1][student]) for student in rows
    }
    assert not (course.root / "gradebook.db").exists()

    with Gradebook(course.db_url, course.id) as gradebook:
        gradebook.find_grade("why", "numbers", ASSIGNMENT, "ada").manual_score = 3.5
        gradebook.db.commit()
    kept = []
    again = {row.student: row for row in grade(course, ASSIGNMENT, on_kept=kept.append)}
    assert kept == [8]
    assert cells(again.pop("ada"))["why"] == (3.5, "graded")
    assert again == {student: row for student, row in rows.items() if student != "ada"}

    hand_in(course, "ada", "numbers", RIGHT | {"square-answer": "def square(x):\n    return x"})
    (ada,) = grade(course, ASSIGNMENT, student="ada", workers=1)
    assert (cells(ada)["square"], cells(ada)["why"]) == ((0, "graded"), (3.5, "graded"))
    assert {row.student: row for row in refresh_grades(course, ASSIGNMENT)}["ada"] == ada
