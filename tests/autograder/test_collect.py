"""Whose is it, which notebook, and is it safe to unpack?"""

from __future__ import annotations

import io
import os
import stat
import zipfile
from datetime import datetime, timedelta, timezone

import pytest

import autograder.collecting
from autograder import archive
from autograder.collecting import collect
from autograder.course import CourseError

from .conftest import ASSIGNMENT


@pytest.fixture
def notebook(released) -> bytes:
    return (released.path("release", ASSIGNMENT) / "numbers.ipynb").read_bytes()


def zip_of(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return data.getvalue()


def put(folder, files: dict[str, bytes]):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def statuses(collection) -> dict[str, dict[str, str]]:
    return {s.student: {n.name: n.status for n in s.notebooks} for s in collection.students}


BOTH = {"numbers": "collected", "words": "collected"}


@pytest.mark.parametrize(
    "layout",
    [
        lambda nb: {"ada/numbers.ipynb": nb, "ada/words.ipynb": nb, "bob/words.ipynb": nb},
        lambda nb: (
            {f"ada/{ASSIGNMENT}/{n}.ipynb": nb for n in ("numbers", "words")}
            | {"bob/words.ipynb": nb}
        ),
        lambda nb: {f"{n}.ipynb": nb for n in ("ada_numbers", "ada_words", "bob_words")},
        lambda nb: {
            "ada.zip": zip_of({"numbers.ipynb": nb, "words.ipynb": nb}),
            "bob.zip": zip_of({"my homework/words (1).ipynb": nb}),
        },
        lambda nb: {
            "class 7/ada/numbers.ipynb": nb,
            "class 7/ada/words.ipynb": nb,
            "class 7/bob/words.ipynb": nb,
        },
    ],
    ids=["folders", "nbgrader's folders", "underscores", "zips", "a folder around it"],
)
@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_every_layout_says_whose_it_is(course, tmp_path, notebook, layout, packed):
    inbox = tmp_path / "inbox"
    files = layout(notebook)
    if packed:
        inbox = tmp_path / "inbox.zip"
        inbox.write_bytes(zip_of(files))
    else:
        put(inbox, files)
    found = collect(course, ASSIGNMENT, [inbox])
    assert statuses(found) == {"ada": BOTH, "bob": {"numbers": "missing", "words": "collected"}}
    assert found.strangers == ()
    for student in ("ada", "bob"):
        path = course.path("submitted", ASSIGNMENT, student) / "words.ipynb"
        assert path.read_bytes() == notebook


@pytest.mark.parametrize("name", ["ada", "ada.zip"])
def test_one_students_own_folder_or_zip_may_be_given(course, tmp_path, notebook, name):
    files = {"numbers.ipynb": notebook, "words.ipynb": notebook}
    if name.endswith(".zip"):
        (tmp_path / name).write_bytes(zip_of(files))
    else:
        put(tmp_path / name, files)
    assert statuses(collect(course, ASSIGNMENT, [tmp_path / name])) == {"ada": BOTH}


def test_an_unreadable_notebook_is_kept_as_handed_in(course, tmp_path, notebook):
    put(tmp_path / "inbox", {"ada/numbers.ipynb": notebook[:20], "ada/words.ipynb": b"\xff\xfe"})
    found = collect(course, ASSIGNMENT, [tmp_path / "inbox"])
    assert statuses(found) == {"ada": {"numbers": "unreadable", "words": "unreadable"}}
    assert "numbers: unreadable: kept as handed in, but it cannot be read: The file is" in (
        found.students[0].summary
    )
    kept = course.path("submitted", ASSIGNMENT, "ada") / "numbers.ipynb"
    assert kept.read_bytes() == notebook[:20]


def test_a_broken_zip_makes_no_student_and_is_listed_with_the_reason(course, tmp_path, notebook):
    whole = zip_of({"numbers.ipynb": notebook})
    put(tmp_path / "inbox", {"ada.zip": whole[:200], "bob.zip": whole})
    found = collect(course, ASSIGNMENT, [tmp_path / "inbox"])
    assert list(statuses(found)) == ["bob"]
    assert found.lost == found.strangers
    assert statuses(found)["bob"]["numbers"] == "collected"
    assert found.strangers[0].reason == (
        "is no zip that can be opened (it is cut off, or no zip): it has to be zipped and handed "
        "in again"
    )


@pytest.mark.parametrize(
    "name",
    [
        "ada_words (1).ipynb",
        "ada_words-2.ipynb",
        "ada_words-1 (3).ipynb",
        "Copy of ada_words.ipynb",
        "ada_Copy of words.ipynb",
        "ada/words-1.ipynb",
        "ada/Copy of words (1).ipynb",
        "ada/sub/words.ipynb",
    ],
)
def test_copies_and_one_folder_too_many_are_taken(course, tmp_path, notebook, name):
    files = {name: notebook, "bob/words.ipynb": notebook}
    found = collect(course, ASSIGNMENT, [put(tmp_path / "inbox", files)])
    assert found.strangers == ()
    assert statuses(found)["ada"] == {"numbers": "missing", "words": "collected"}
    assert set(statuses(found)) == {"ada", "bob"}


def test_folders_of_groups_are_not_taken_for_students(course, tmp_path, notebook):
    files = {f"{g}/{s}/words.ipynb": notebook for g, s in (("g1", "ada"), ("g2", "bob"))}
    files |= {"g1/cy/words.ipynb": notebook}
    found = collect(course, ASSIGNMENT, [put(tmp_path / "inbox", files)])
    assert found.students == ()
    assert len(found.lost) == 3


def test_a_misspelt_name_that_says_nothing_inside_is_asked_about(course, tmp_path):
    files = {"mira_nubmers.ipynb": b"{}", "lu/wrods.ipynb": b"{}", "bob_words.ipynb": b"{}"}
    found = collect(course, ASSIGNMENT, [put(tmp_path / "inbox", files)])
    reasons = {os.path.basename(s.origin): s.reason for s in found.strangers}
    assert reasons == {
        "mira_nubmers.ipynb": "no notebook of that name; did you mean numbers? Rename it",
        "wrods.ipynb": "no notebook of that name; did you mean words? Rename it",
    }
    said = {one.student: one.summary for one in found.students}
    assert (said["mira"], said["lu"]) == ("nothing taken", "nothing taken")
    assert said["bob"].startswith("1 of 2, missing: numbers")


def test_what_cannot_be_placed_is_listed_with_the_reason(course, tmp_path, notebook):
    files = {
        "numbers.ipynb": notebook,
        "ada/final.ipynb": b"{}",
        "bob/numpy.py": b"",
        "cy/words.pdf": b"%PDF",
        "x/y/z/w/words.ipynb": notebook,
    }
    found = collect(course, ASSIGNMENT, [put(tmp_path / "inbox", files)])
    reasons = {os.path.basename(s.origin): s.reason for s in found.strangers}
    assert "expected <student>/numbers.ipynb" in reasons["numbers.ipynb"]
    assert "none of the assignment's notebooks: rename it, if it is" in reasons["final.ipynb"]
    assert "neither a notebook nor data: answers have to stand" in reasons["numpy.py"]
    assert "given for what is in notebooks; see that they came too" in reasons["words.pdf"]
    assert "does not say whose it is" in reasons["words.ipynb"]
    assert statuses(found) == {"ada": {"numbers": "missing", "words": "missing"}}


@pytest.mark.parametrize("name", ["hw.rar", "hw.7z", "hw.tar.gz", "words.ipynb.gz", "HW.TGZ"])
def test_an_archive_that_is_not_opened_is_called_one(course, tmp_path, name):
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", {f"ada/{name}": b"Rar!"})])
    (refused,) = found.strangers
    assert "is an archive that is not opened here: unpack it and collect what" in refused.reason
    assert found.lost == (refused,)
    assert statuses(found) == {"ada": {"numbers": "missing", "words": "missing"}}


@pytest.mark.parametrize(
    "name", ["words.ipynb (1)", "words.ipynb.crdownload", "words.ipynb~", "x.ipynb.txt.part"]
)
def test_a_whole_notebook_of_an_odd_ending_is_known_by_its_cells(course, tmp_path, name):
    words = (course.path("release", ASSIGNMENT) / "words.ipynb").read_bytes()
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", {f"ada/{name}": words})])
    assert statuses(found)["ada"]["words"] == "collected"
    assert f"handed in as {name}" in found.students[0].summary


def test_what_is_left_of_a_notebook_is_asked_for(course, tmp_path):
    inbox = put(tmp_path / "in", {"ada/.words.ipynb.icloud": b"bplist00"})
    found = collect(course, ASSIGNMENT, [inbox])
    assert "a browser, iCloud or an editor has left of a notebook" in found.lost[0].reason


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", ["ada/hw.ipynb", "ada/words.ipynb", "ada_words.ipynb", "ada"])
def test_a_zip_that_is_called_a_notebook_is_opened(course, tmp_path, name, packed):
    words = (course.path("release", ASSIGNMENT) / "words.ipynb").read_bytes()
    files = {name: zip_of({"words.ipynb": words}), "bob/words.ipynb": words}
    inbox = put(tmp_path / "in", {"all.zip": zip_of(files)} if packed else files)
    found = collect(course, ASSIGNMENT, [inbox / "all.zip" if packed else inbox])
    assert statuses(found)["ada"]["words"] == "collected"


def test_an_office_document_that_is_called_a_notebook_is_not_taken_apart(course, tmp_path):
    document = zip_of({"[Content_Types].xml": b"", "word/document.xml": b""})
    cut_off = zip_of({"words.ipynb": b"x" * 500})[:99]
    files = {"ada/words.ipynb": document, "bob/words.ipynb": cut_off}
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", files)])
    for one in found.students:
        assert "is a zip (or an Office document)" in one.summary


@pytest.mark.parametrize("name", ["../evil.ipynb", "/evil.ipynb", "ada/../../evil.ipynb", "C:\\x"])
def test_a_path_that_climbs_out_is_refused_by_name(course, tmp_path, notebook, name):
    (tmp_path / "inbox.zip").write_bytes(zip_of({name: notebook, "ada/words.ipynb": notebook}))
    found = collect(course, ASSIGNMENT, [tmp_path / "inbox.zip"])
    (reason,) = [s.reason for s in found.strangers]
    assert reason.startswith("has a path that leads out of its folder: ")
    assert name.split("/")[-1].replace("\\", "/").split("/")[-1] in found.strangers[0].origin
    assert not list(tmp_path.rglob("evil.ipynb"))


def test_links_are_refused_by_name(course, tmp_path, notebook):
    link = zipfile.ZipInfo("ada/numbers.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "inbox.zip", "w") as packed:
        packed.writestr(link, "/etc/passwd")
    folder = put(tmp_path / "folder", {"bob/words.ipynb": notebook})
    (folder / "bob" / "numbers.ipynb").symlink_to("/etc/passwd")
    found = collect(course, ASSIGNMENT, [tmp_path / "inbox.zip", folder])
    assert ["link" in s.reason for s in found.strangers] == [True, True]
    assert statuses(found) == {"bob": {"numbers": "missing", "words": "collected"}}


def test_absurd_sizes_are_refused_by_name(course, tmp_path, notebook, monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES_A_FILE", len(notebook))
    with zipfile.ZipFile(tmp_path / "inbox.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("ada/numbers.ipynb", b" " * 10 * len(notebook))
        packed.writestr("bob/numbers.ipynb", notebook)
    found = collect(course, ASSIGNMENT, [tmp_path / "inbox.zip"])
    assert "too large" in found.strangers[0].reason
    assert "ada/numbers.ipynb" in found.strangers[0].origin
    assert list(statuses(found)) == ["bob"]


def test_the_time_is_written_in_utc(course, tmp_path, notebook):
    inbox = put(tmp_path / "inbox", {"ada/words.ipynb": notebook})
    time = datetime(2026, 1, 31, 23, 59, tzinfo=timezone(timedelta(hours=-5)))
    os.utime(inbox / "ada" / "words.ipynb", (time.timestamp(), time.timestamp()))
    collect(course, ASSIGNMENT, [inbox])
    stamp = course.path("submitted", ASSIGNMENT, "ada") / "timestamp.txt"
    assert stamp.read_text() == "2026-02-01 04:59:00 UTC\n"
    collect(course, ASSIGNMENT, [inbox], received=time - timedelta(hours=1))
    assert stamp.read_text() == "2026-02-01 03:59:00 UTC\n"


def test_a_later_hand_in_replaces_what_it_has_and_leaves_the_rest(course, tmp_path, notebook):
    collect(course, ASSIGNMENT, [put(tmp_path / "1", {"ada/words.ipynb": notebook})])
    found = collect(course, ASSIGNMENT, [put(tmp_path / "2", {"ada/numbers.ipynb": notebook})])
    assert statuses(found) == {"ada": BOTH}


def test_the_newest_of_two_is_taken_and_the_other_kept(course, tmp_path, notebook):
    files = {"ada/words.ipynb": notebook, "ada_words.ipynb": notebook + b"\n"}
    inbox = put(tmp_path / "inbox", files)
    os.utime(inbox / "ada" / "words.ipynb", (1_700_000_000, 1_700_000_000))
    found = collect(course, ASSIGNMENT, [inbox])
    (earlier,) = found.earlier
    assert "is older than" in earlier.reason
    assert (course.root / earlier.path).read_bytes() == notebook
    assert "1 other file kept in collected/01-toy/earlier/ada" in found.students[0].summary
    taken = course.path("submitted", ASSIGNMENT, "ada") / "words.ipynb"
    assert taken.read_bytes() == notebook + b"\n"


def test_two_older_files_are_counted(course, tmp_path, notebook):
    packed = zip_of({f"{n}words.ipynb": notebook + b"\n" * len(n) for n in ("", "a/", "b/c/")})
    found = collect(course, ASSIGNMENT, [put(tmp_path / "in", {"ada.zip": packed})])
    assert found.students[0].notes == ("2 other files kept in collected/01-toy/earlier/ada",)


def test_only_what_there_is_can_be_had():
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        autograder.collecting.nothing  # noqa: B018


def test_a_path_that_is_not_there_is_an_error(course, tmp_path):
    with pytest.raises(CourseError, match=r"no such file or folder\. Give the path of"):
        collect(course, ASSIGNMENT, [tmp_path / "nowhere"])
