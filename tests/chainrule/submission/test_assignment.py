"""What goes into a hand-in, and what the student is told about it."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path

import pytest

from chainrule.pdf.notebook import read
from chainrule.submission import assignment
from chainrule.submission.assignment import gather, stamp_of
from chainrule.submission.errors import SubmissionError
from tests.chainrule.pdf.notebooks import notebook

from .sheets import ASSIGNMENT, NAMES, put, sheet


def test_all_notebooks_of_the_assignment_beside_it_go_in_and_no_others(folder):
    second = put(folder, NAMES[1])
    put(folder, NAMES[0])
    put(folder, "scratch", notebook())
    put(folder, "1-other", sheet("1-other", assignment="06-other", notebooks=["1-other"]))
    work = gather(second, folder)
    assert [(page.name, page.path.name) for page in work.pages] == [
        (name, f"{name}.ipynb") for name in NAMES
    ]
    assert (work.stamp.assignment, work.stamp.course) == (ASSIGNMENT, "Nets")
    assert (work.missing, work.notes) == ((), ())


def test_a_notebook_that_is_not_there_is_missing(folder):
    assert gather(put(folder, NAMES[1]), folder).missing == (NAMES[0],)


def test_a_renamed_notebook_goes_in_under_the_name_it_was_released_with(folder):
    path = put(folder, "mine", sheet(NAMES[0]))
    put(folder, "2 copy", sheet(NAMES[1]))
    work = gather(path, folder)
    assert [page.name for page in work.pages] == NAMES
    assert work.notes == (
        "mine.ipynb goes in as 1-convolution.ipynb.",
        "2 copy.ipynb goes in as 2-network.ipynb.",
    )


def test_the_running_notebook_wins_over_an_untouched_one_of_the_released_name(folder):
    path = put(folder, "mine", sheet(NAMES[0]))
    put(folder, NAMES[0])
    work = gather(path, folder)
    assert work.pages[0].path == path


def test_of_several_copies_that_of_the_released_name_goes_in_and_the_others_are_named(folder):
    path = put(folder, NAMES[0])
    old, new = (put(folder, f"copy {n}", sheet(NAMES[1])) for n in (1, 2))
    os.utime(old, (1, 1))
    note = (
        "2-network: copy 2.ipynb goes in, not copy 1.ipynb. If that is wrong, delete or move what "
        "should not go in, and submit again."
    )
    assert note in gather(path, folder).notes
    named = put(folder, NAMES[1])
    os.utime(named, (1, 1))
    assert gather(path, folder).pages[1].path == named
    assert new.is_file()


def test_an_unreadable_notebook_beside_it_goes_in_as_it_is(folder):
    path = put(folder, NAMES[0])
    (folder / f"{NAMES[1]}.ipynb").write_bytes(b'{"cells": [')
    work = gather(path, folder)
    assert (work.pages[1].data, work.pages[1].content) == (b'{"cells": [', None)
    assert work.notes == (
        "2-network.ipynb cannot be read as a notebook. It goes in as it is: open it, save it "
        "again, and submit once more.",
    )


def test_an_unreadable_notebook_of_ones_own_is_said_to_be_so(folder):
    path = folder / "mine.ipynb"
    path.write_text("{")
    with pytest.raises(SubmissionError, match=r"^mine\.ipynb is not valid JSON ") as caught:
        gather(path, folder)
    assert str(caught.value).endswith(
        " Save the notebook again, or take the last copy of it that opens."
    )


def test_a_file_that_cannot_be_read_is_said_with_a_way_out(folder, monkeypatch):
    def locked(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = put(folder, NAMES[0])
    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(SubmissionError) as caught:
        gather(path, folder)
    assert str(caught.value) == (
        f"{path} cannot be read (Permission denied). Close it elsewhere or move it away, and "
        "submit again."
    )


def test_a_notebook_without_its_last_cell_is_known_by_the_one_beside_it(folder):
    content = sheet(NAMES[0])
    del content["cells"][-1]
    path = put(folder, NAMES[0], content)
    put(folder, NAMES[1])
    work = gather(path, folder)
    assert [page.name for page in work.pages] == NAMES
    assert work.notes == (
        "1-convolution belongs to 05-nets, says 2-network.ipynb. If that is wrong, move it to a "
        "folder of its own, and submit again.",
    )


def test_a_notebook_that_nothing_is_known_about_goes_in_alone(folder):
    work = gather(put(folder, "mine", notebook()), folder)
    assert (work.stamp.assignment, work.stamp.notebooks) == ("nets of ada", ("mine",))
    assert work.notes[0].startswith(
        "The notebook does not say which assignment it belongs to, so it goes in as nets of ada, "
        "alone. If that is wrong, take a fresh copy"
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"assignment": "../up"},
        {"assignment": "a/b"},
        {"assignment": ""},
        {"assignment": None},
        {"notebook": "C:x"},
        {"notebooks": ["/etc/passwd"]},
        {"notebooks": [3]},
        {"scripts": {"../../x.py": None}},
        {"scripts": {"a\\b.py": None}},
    ],
)
def test_a_note_that_names_what_is_no_plain_file_is_not_believed(wrong):
    assert stamp_of(read(sheet(**wrong))) is None


def test_scripts_go_in_and_what_is_wrong_with_them_is_said(folder):
    digest = hashlib.sha256(b"pass\n").hexdigest()
    scripts = {"net.py": digest, "feed.py": digest, "lib/loop.py": digest, "given.py": None}
    path = put(folder, NAMES[0], sheet(NAMES[0], notebooks=[NAMES[0]], scripts=scripts))
    (folder / "lib").mkdir()
    (folder / "net.py").write_bytes(b"pass\r\n")
    (folder / "lib" / "loop.py").write_bytes(b"for x in y: ...\n")
    (folder / "secret.py").write_bytes(b"")
    work = gather(path, folder)
    assert work.files == {"net.py": b"pass\r\n", "lib/loop.py": b"for x in y: ...\n"}
    assert work.notes == (
        "net.py is as it was released: nothing is written in it yet. If you have completed it, "
        "save it and submit again.",
        "feed.py is not beside the notebook. It is yours to complete and is marked: put it there "
        "and submit again.",
    )


def test_what_was_trained_goes_in_and_what_is_not_taken_stays_out(folder, monkeypatch):
    path = put(folder, NAMES[0], sheet(NAMES[0], notebooks=[NAMES[0]]))
    (folder / "artifacts" / "runs").mkdir(parents=True)
    for name in ("net.safetensors", "net.json", "runs/x.png"):
        (folder / "artifacts" / name).write_bytes(b"123456")
    for name in ("net.partial.safetensors", ".net.json.7.new", "net.pt", ".hidden.json"):
        (folder / "artifacts" / name).write_bytes(b"1")
    assert sorted(gather(path, folder).files) == [
        f"artifacts/{name}" for name in ("net.json", "net.safetensors", "runs/x.png")
    ]
    monkeypatch.setattr(assignment, "MOST_BYTES_A_FILE", 5)
    work = gather(path, folder)
    assert (dict(work.files), len(work.notes)) == ({}, 3)
    assert re.match(
        r"artifacts/net\.json is left out: it has 0 MB, and .*Train a sm", work.notes[0]
    )


def test_a_whole_hand_in_is_never_larger_than_what_is_taken(folder, monkeypatch):
    path = put(folder, NAMES[0], sheet(NAMES[0], notebooks=[NAMES[0]]))
    (folder / "artifacts").mkdir()
    for name in "abc":
        (folder / "artifacts" / f"{name}.json").write_bytes(b"0" * 40)
    monkeypatch.setattr(assignment, "MOST_BYTES", path.stat().st_size + 100)
    assert sorted(gather(path, folder).files) == ["artifacts/a.json", "artifacts/b.json"]


def test_bytes_of_a_page_take_along_what_lies_in_the_folder(folder):
    put(folder, NAMES[1])
    work = gather(json.dumps(sheet(NAMES[0])).encode(), folder)
    assert [(page.name, page.path) for page in work.pages] == [
        (NAMES[0], None),
        (NAMES[1], folder / f"{NAMES[1]}.ipynb"),
    ]
