"""What `autograder collect` says on the terminal and to scripts."""

from __future__ import annotations

import json
from datetime import datetime, timezone

import pytest
from typer.testing import CliRunner

from autograder.cli import app

from .conftest import ASSIGNMENT
from .layouts import put

NOON = datetime(2026, 1, 5, 12, 0, tzinfo=timezone.utc)


@pytest.fixture
def words(released) -> bytes:
    return (released.path("release", ASSIGNMENT) / "words.ipynb").read_bytes()


def run(course, *arguments):
    command = ["collect", ASSIGNMENT, "--course", str(course.root), *map(str, arguments)]
    return CliRunner().invoke(app, command)


def said(done) -> str:
    return " ".join(done.output.replace("│", " ").split())


def test_one_reason_for_many_files_is_said_once(course, tmp_path, words):
    files = {f"ada/page {i}.pdf": b"%PDF" for i in range(6)}
    done = run(course, put(tmp_path / "in", {"ada/words.ipynb": words, **files}))
    assert done.exit_code == 0, done.output
    assert said(done).count("not taken") == 4
    assert "and 3 more is a PDF" not in said(done)
    assert "not taken and 3 more for the same reason (--json lists them)" in said(done)
    again = run(course, tmp_path / "in", "--json")
    assert len(json.loads(again.stdout)["strangers"]) == 6


def test_absentees_and_older_versions_are_listed(course, tmp_path, words):
    (tmp_path / "roster.csv").write_text("id,name\nada,Ada\nbob,Bob\n")
    put(tmp_path / "1", {"ada/words.ipynb": words}, NOON)
    put(tmp_path / "2", {"ada/words.ipynb": words + b"\n"}, NOON.replace(hour=11))
    done = run(course, tmp_path / "1", tmp_path / "2", "--roster", tmp_path / "roster.csv")
    assert done.exit_code == 0, done.output
    assert "1 on the roster handed in nothing: bob" in said(done)
    assert "words.ipynb; kept as collected/01-toy/earlier/ada/2026-01-05T110000Z" in said(done)
    assert "2026-01-05 12:00" in said(done)


def test_what_was_not_taken_is_counted_with_what_to_do(course, tmp_path, words):
    done = run(course, put(tmp_path / "in", {"ada/wrods.ipynb": b"{}"}))
    assert done.exit_code == 1
    assert "1 file not taken: rename and collect again, or ask for new ones." in said(done)
    assert (
        "Nothing was collected. `autograder collect --help` says how folders, zips and files have "
        "to be named." in said(done)
    )


@pytest.mark.parametrize("time", ["yesterday", "2026-01-05 12:00"])
def test_a_time_without_a_zone_is_refused_with_an_example(course, tmp_path, words, time):
    done = run(course, put(tmp_path / "in", {"ada/words.ipynb": words}), "--received", time)
    assert done.exit_code == 2
    assert f"'{time}' is no time with a zone; write it as '2026-01-31 23:59" in said(done)


def test_who_came_too_late_to_say_when_is_said_too(course, tmp_path, words):
    done = run(course, put(tmp_path / "in", {"exampleada_LATE_501_7001_words.ipynb": words}))
    assert "not said" in said(done)
    assert "late" in said(done)


def test_a_roster_that_is_not_there_is_an_error_for_people_and_scripts(course, tmp_path, words):
    put(tmp_path / "in", {"ada/words.ipynb": words})
    done = run(course, tmp_path / "in", "--roster", "nowhere.csv", "--json")
    assert done.exit_code == 1
    assert "no such roster. Name a CSV file" in json.loads(done.stdout)["error"]


def test_everything_may_be_given_to_one_student(course, tmp_path, words):
    done = run(course, put(tmp_path / "in", {"x/y/words.ipynb": words}), "--student", "ada")
    assert done.exit_code == 0, done.output
    assert (course.path("submitted", ASSIGNMENT, "ada") / "words.ipynb").is_file()


@pytest.mark.parametrize("student", ["../ada", "a" * 300, ""])
def test_a_student_that_can_be_no_folder_is_refused(course, tmp_path, words, student):
    done = run(course, put(tmp_path / "in", {"words.ipynb": words}), "--student", student)
    assert done.exit_code == 1
    assert "cannot be a folder's name" in said(done)
    assert not (tmp_path / "ada").exists()
