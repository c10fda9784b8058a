"""The newest version is taken, the older ones are kept, and the right notebook is found."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

import nbformat
import pytest

from autograder.archive import HandedIn
from autograder.collecting import collect
from autograder.collecting.placing import Released, looks_like
from autograder.course import CourseError
from autograder.grading.submissions import find_submissions

from .conftest import ASSIGNMENT
from .layouts import put, zip_of

NOON = datetime(2026, 1, 5, 12, 0, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)


@pytest.fixture
def words(released) -> bytes:
    return (released.path("release", ASSIGNMENT) / "words.ipynb").read_bytes()


@pytest.fixture
def numbers(released) -> bytes:
    return (released.path("release", ASSIGNMENT) / "numbers.ipynb").read_bytes()


def came(course, tmp_path, content: bytes, time: datetime, **options):
    number = len(list(tmp_path.iterdir()))
    inbox = put(tmp_path / f"in {number}", {"ada/words.ipynb": content}, time)
    return collect(course, ASSIGNMENT, [inbox], **options)


def lies(course) -> bytes:
    return (course.path("submitted", ASSIGNMENT, "ada") / "words.ipynb").read_bytes()


def stamp(course) -> str:
    return (course.path("submitted", ASSIGNMENT, "ada") / "timestamp.txt").read_text()


def test_what_a_newer_hand_in_replaces_is_kept_where_nbgrader_does_not_look(
    course, tmp_path, words
):
    came(course, tmp_path, words, NOON)
    found = came(course, tmp_path, words + b"\n", NOON + HOUR)
    assert [earlier.origin for earlier in found.earlier] == [
        f"submitted/ada/{ASSIGNMENT}/words.ipynb"
    ]
    assert lies(course) == words + b"\n"
    kept = course.root / f"collected/{ASSIGNMENT}/earlier/ada/2026-01-05T120000Z/words.ipynb"
    assert kept.read_bytes() == words
    assert stamp(course) == "2026-01-05 13:00:00 UTC\n"
    (submission,) = find_submissions(course, ASSIGNMENT)
    assert [path.name for path in submission.notebooks] == ["words.ipynb"]


def test_an_older_hand_in_that_is_collected_later_does_not_win(course, tmp_path, words):
    came(course, tmp_path, words, NOON)
    found = came(course, tmp_path, words + b"\n", NOON - HOUR)
    assert (lies(course), stamp(course)) == (words, "2026-01-05 12:00:00 UTC\n")
    (earlier,) = found.earlier
    assert earlier.reason.startswith(
        "is older than what was collected before (2026-01-05T120000Z); kept as collected/"
    )
    assert (course.root / earlier.path).read_bytes() == words + b"\n"


def test_the_same_once_more_changes_nothing_and_keeps_the_earlier_time(course, tmp_path, words):
    came(course, tmp_path, words, NOON)
    found = came(course, tmp_path, words, NOON + 24 * HOUR)  # copied to another disk, say
    assert found.earlier == ()
    assert stamp(course) == "2026-01-05 12:00:00 UTC\n"
    came(course, tmp_path, words, NOON, received=NOON + 2 * HOUR)  # unless somebody says so
    assert stamp(course) == "2026-01-05 14:00:00 UTC\n"
    assert not (course.root / "collected" / ASSIGNMENT / "earlier").exists()


def test_a_file_that_was_mended_by_hand_stays_mended(course, tmp_path, words):
    came(course, tmp_path, words[:300], NOON)
    place = course.path("submitted", ASSIGNMENT, "ada") / "words.ipynb"
    place.write_bytes(words)
    found = came(course, tmp_path, words[:300], NOON)
    assert lies(course) == words
    assert (
        "somebody has changed it in submitted/ since: remove it there to have this one; kept as"
        in found.earlier[0].reason
    )
    came(course, tmp_path, words + b"\n", NOON + HOUR)  # but a newer hand-in counts
    assert lies(course) == words + b"\n"


def test_three_versions_of_one_moment_are_all_kept(course, tmp_path, words):
    for version in range(3):
        came(course, tmp_path, words + b"\n" * version, NOON)
    kept = sorted((course.root / "collected" / ASSIGNMENT / "earlier").rglob("*.ipynb"))
    assert [path.read_bytes() for path in kept] == [words, words + b"\n"]


def test_a_damaged_record_says_what_to_do(course, tmp_path, words):
    came(course, tmp_path, words, NOON)
    record = course.root / "collected" / ASSIGNMENT / "collected.json"
    json.loads(record.read_text())
    record.write_text('{"format": 1, "students": []}')
    with pytest.raises(CourseError, match=r"collected.json is damaged .* Remove it and collect"):
        came(course, tmp_path, words, NOON)


# -- which notebook it is ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["final.ipynb", "a/b/Untitled3.ipynb", "words.ipynb.txt", "words.json", "WORDS.IPYNB"],
)
def test_a_notebook_of_another_name_is_known_by_its_cells(course, tmp_path, words, name):
    packed = zip_of({name: words, "__MACOSX/._words.ipynb": b"x", "._words.ipynb": b"x"})
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", {"ada.zip": packed})])
    assert lies(course) == words
    said = name.rpartition("/")[2]
    assert found.students[0].summary == f"1 of 2, missing: numbers; words: handed in as {said}"
    assert found.strangers == ()


def test_a_notebook_with_the_cells_of_another_is_pointed_out(course, tmp_path, numbers):
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", {"ada/words.ipynb": numbers})])
    assert (
        "words: has the cells of numbers: if it is that one, rename it" in found.students[0].summary
    )


def test_of_several_versions_the_one_with_the_right_name_is_taken(course, tmp_path, words):
    files = {"words (1).ipynb": words + b"\n", "words.ipynb": words, "w.ipynb": words + b" "}
    packed = zip_of(files)
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", {"ada.zip": packed})])
    assert lies(course) == words
    assert len(found.earlier) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) * 2 // 3],
        lambda data: b"<<<<<<< HEAD\n" + data,
        lambda data: data.decode().encode("utf-16"),
        lambda data: b"\xef\xbb\xbf" + data + b"garbage",
    ],
    ids=["cut off", "conflict", "UTF-16", "BOM"],
)
def test_a_damaged_notebook_is_known_too_and_collected_byte_for_byte(
    course, tmp_path, words, damage
):
    damaged = damage(words)
    collect(course, ASSIGNMENT, [put(tmp_path / "in", {"ada/mine.ipynb": damaged})])
    assert lies(course) == damaged


def test_without_nbgraders_marks_the_text_tells(course, tmp_path, released):
    path = released.path("release", ASSIGNMENT) / "numbers.ipynb"
    long = "Here the derivative of the sum is worked out by hand."
    source = nbformat.read(path, as_version=4)
    source.cells[1].source += f"\n{long}"
    nbformat.write(source, course.path("release", ASSIGNMENT) / "numbers.ipynb")
    for cell in source.cells:
        cell.metadata = {}
    known = Released.of(course, ASSIGNMENT)
    assert looks_like(nbformat.writes(source).encode(), known) == "numbers"
    assert looks_like(b'{"cells": []}', known) is None
    assert looks_like(b"{}", known) is None


def test_what_was_read_is_a_path_and_not_bytes_in_memory(tmp_path):
    # A class with its weights need not fit in memory.
    assert "data" not in HandedIn.__dataclass_fields__


# -- of two, the one with work in it ------------------------------------------------------------


@pytest.fixture
def solved(words) -> bytes:
    notebook = json.loads(words)
    (answer,) = (c for c in notebook["cells"] if "solution" in str(c) and not _locked(c))
    answer["source"] = "my own words"
    return json.dumps(notebook).encode()


def _locked(cell: dict) -> bool:
    return cell["metadata"].get("nbgrader", {}).get("locked", True)


@pytest.mark.parametrize(
    ("answered", "blank"),
    [
        ("words (1).ipynb", "words.ipynb"),
        ("words.ipynb", "original/words.ipynb"),
        ("work/words.ipynb", "zrelease/words.ipynb"),
        ("old/words.ipynb.txt", "words.ipynb"),
    ],
)
def test_the_copy_that_was_given_out_never_beats_the_answered_one(
    course, tmp_path, solved, words, answered, blank
):
    packed = zip_of({answered: solved, blank: words})
    (ada,) = collect(course, ASSIGNMENT, [put(tmp_path / "in", {"ada.zip": packed})]).students
    assert lies(course) == solved
    (kept,) = ada.earlier
    assert f"has no answers in it, and {tmp_path}/in/ada.zip!{answered} has; kept" in kept.reason
    assert "1 other file kept in collected/" in ada.summary


def test_a_blank_copy_that_comes_later_replaces_no_answers(course, tmp_path, solved, words):
    came(course, tmp_path, solved, NOON)
    found = came(course, tmp_path, words, NOON + HOUR)
    assert (lies(course), stamp(course)) == (solved, "2026-01-05 12:00:00 UTC\n")
    assert "has no answers in it, and what was collected before has" in found.earlier[0].reason


def test_of_two_of_one_moment_the_one_that_lies_higher_or_under_ones_name_is_taken(
    course, tmp_path, solved
):
    files = {"a/words.ipynb": solved + b" ", "words.ipynb": solved}
    found = collect(course, ASSIGNMENT, [put(tmp_path / "1", {"ada.zip": zip_of(files)})])
    assert lies(course) == solved
    origin = tmp_path / "1" / "ada.zip!words.ipynb"
    assert f"came at the same time as {origin}, which was taken" in found.earlier[0].reason
    files = {"Ada/words.ipynb": solved + b"  ", "bob/words.ipynb": solved}
    inbox = put(tmp_path / "2", {"ada.zip": zip_of(files, (2027, 1, 1, 1, 1, 1))})
    collect(course, ASSIGNMENT, [inbox])
    assert lies(course) == solved + b"  "


def test_what_is_not_called_a_notebook_is_taken_only_if_no_other_came(course, tmp_path, solved):
    files = {"words.ipynb.txt": solved + b" ", "words.ipynb": solved}
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", {"ada.zip": zip_of(files)})])
    assert lies(course) == solved
    assert "is not called a notebook, and" in found.earlier[0].reason
