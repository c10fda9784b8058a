"""Seeds: the same for the same work, unknown to whoever has not the course's secret."""

from __future__ import annotations

import multiprocessing
import stat
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.course import CourseError
from autograder.judge.seeds import SECRET_FILE, course_secret, submission_key, trial_seed

ROOT = Path(__file__).parents[3]
SECRET = b"s" * 32


def notebook(*sources: str):
    return new_notebook(cells=[new_code_cell(source) for source in sources])


def test_the_secret_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    secret = course_secret(tmp_path)
    assert len(secret) == 32
    assert course_secret(tmp_path) == secret
    assert stat.S_IMODE((tmp_path / SECRET_FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [SECRET_FILE]


def test_two_courses_have_two_secrets(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert course_secret(tmp_path / "a") != course_secret(tmp_path / "b")


def test_runs_that_start_at_once_agree_on_one_secret(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert len(set(pool.map(course_secret, [tmp_path] * 16))) == 1


def test_a_secret_that_others_could_read_is_closed_again(tmp_path: Path, caplog) -> None:
    course_secret(tmp_path)
    (tmp_path / SECRET_FILE).chmod(0o644)
    course_secret(tmp_path)
    assert stat.S_IMODE((tmp_path / SECRET_FILE).stat().st_mode) == 0o600
    assert "could be read by others" in caplog.text


def test_a_damaged_secret_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / SECRET_FILE).write_bytes(b"short")
    with pytest.raises(CourseError, match="Remove it"):
        course_secret(tmp_path)


def test_git_does_not_take_the_secret() -> None:
    assert f"{SECRET_FILE}*" in (ROOT / ".gitignore").read_text().split()


def test_the_key_is_of_the_work_and_not_of_the_run_or_of_the_person() -> None:
    ran = notebook("x = 1", "x")
    ran.cells[1].outputs = [new_output("stream", text="1")]
    ran.cells[1].execution_count = 7
    ran.metadata["name"] = "Ada"
    assert submission_key(SECRET, ran) == submission_key(SECRET, notebook("x = 1", "x"))


def test_any_change_of_the_work_or_the_secret_changes_the_key() -> None:
    markdown = new_notebook(cells=[new_markdown_cell("x = 1"), new_code_cell("x")])
    keys = [
        submission_key(SECRET, notebook("x = 1", "x")),
        submission_key(SECRET, notebook("x = 2", "x")),
        submission_key(SECRET, notebook("x = 1x", "")),
        submission_key(SECRET, markdown),
        submission_key(SECRET, notebook("x = 1", "x"), [("data.csv", b"1")]),
        submission_key(SECRET, notebook("x = 1", "x"), [("data.csv", b"2")]),
        submission_key(b"t" * 32, notebook("x = 1", "x")),
    ]
    assert len(set(keys)) == len(keys)


def test_checks_of_one_submission_have_seeds_of_their_own() -> None:
    assert trial_seed(SECRET, "a") == trial_seed(SECRET, "a") != trial_seed(SECRET, "b")
