"""Zips that mean harm, and zips that are only odd: each is refused by name, or read."""

from __future__ import annotations

import io
import os
import stat
import struct
import unicodedata
import zipfile
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder import archive
from autograder.archive import HandedIn, Refused, read
from autograder.collecting import collect

from .conftest import ASSIGNMENT
from .layouts import put, zip_of


def reading(tmp_path, data: bytes, name: str = "in.zip") -> list[HandedIn | Refused]:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "unpacked").mkdir(exist_ok=True)
    return list(read(tmp_path / name, tmp_path / "unpacked"))


def reasons(found) -> list[str]:
    return [item.reason for item in found if isinstance(item, Refused)]


def contents(found) -> dict[str, bytes]:
    return {"/".join(i.parts): i.data for i in found if isinstance(i, HandedIn)}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../up.txt", "has a path that leads out of its folder: it has to be zipped again without"),
        ("a/../../up.txt", "has a path that leads out of its folder"),
        ("/etc/passwd", "has a path that leads out of its folder"),
        ("..\\up.txt", "has a path that leads out of its folder"),
        ("C:\\Windows\\x.txt", "has a path that leads out of its folder"),
        ("notes/C:/x.txt", "has a path that leads out of its folder"),
        ("\\\\server\\x.txt", "has a path that leads out of its folder"),
        (
            "a\x1b[31m.txt",
            "has a name that no file should have (control characters): it has to be ",
        ),
        ("a\nb.txt", "has a name that no file should have"),
        ("a\x00.txt", "has a name that no file should have"),
        ("é" * 150 + ".txt", "has a name that is too long: it has to be renamed"),
        ("/".join(["d" * 100] * 20) + "/a.txt", "has a name that is too long"),
    ],
)
def test_a_name_that_could_do_harm_is_refused_by_name(tmp_path, name, reason):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        entry = zipfile.ZipInfo("x")
        entry.filename = entry.orig_filename = name
        packed.writestr(entry, b"x")
        packed.writestr("good.txt", b"good")
    found = reading(tmp_path, data.getvalue())
    assert len(reasons(found)) == 1
    assert reasons(found)[0].startswith(reason)
    assert contents(found) == {"good.txt": b"good"}
    assert all(item.origin.isprintable() for item in found)


def test_folders_written_with_backslashes_are_folders(tmp_path):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        entry = zipfile.ZipInfo("x")
        entry.filename = entry.orig_filename = "hw\\a.txt"
        packed.writestr(entry, b"a")
    assert contents(reading(tmp_path, data.getvalue())) == {"hw/a.txt": b"a"}


def test_accents_that_macos_takes_apart_make_no_second_student(tmp_path):
    apart = unicodedata.normalize("NFD", "José/a.txt")
    assert list(contents(reading(tmp_path, zip_of({apart: b"a"})))) == ["José/a.txt"]


def test_a_link_a_password_and_an_unusual_method_are_refused(tmp_path):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(link, "/etc/passwd")
        packed.writestr("lzma.txt", b"x", zipfile.ZIP_LZMA)
        packed.writestr("locked.txt", b"x")
    raw = bytearray(data.getvalue())
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.rfind(sign) + offset] |= 1
    assert reasons(reading(tmp_path, bytes(raw))) == [
        "is a link, which is not followed: the file itself has to be there",
        "is packed in an unusual way (lzma): it has to be zipped again as usual",
        "is locked with a password: it has to be zipped again without one",
    ]


def bomb(size: int) -> bytes:
    return zip_of({"a.txt": b"\0" * size})


def test_bombs_are_refused_before_they_are_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES_A_FILE", 2**20)
    monkeypatch.setattr(archive, "MOST_BYTES_A_ZIP", 2**21)
    monkeypatch.setattr(archive, "MOST_BYTES_A_CLASS", 2**22)
    (reason,) = reasons(reading(tmp_path, bomb(2**20 + 1)))
    assert reason == ("is too large (1 MB, at most 1 MB): it has to be made smaller, or left out")
    many = zip_of({f"{i}.txt": b"\0" * 2**20 for i in range(5)})
    assert reasons(reading(tmp_path, many)) == [
        "is too large (5 files, 5 MB): unpack it, and give the folder"
    ]
    # Of a class, the student's zip alone is lost.
    student = zip_of({f"{i}.txt": b"\0" * 2**20 for i in range(3)})
    found = reading(tmp_path, zip_of({"ada.zip": student, "bob.zip": zip_of({"b.txt": b"b"})}))
    assert reasons(found) == [
        "is too large (3 files, 3 MB): it has to be zipped again with nothing in it but the "
        "assignment's files"
    ]
    assert contents(found) == {"b.txt": b"b"}


def test_zips_in_a_students_zip_share_its_room(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES_A_ZIP", 2**20)
    half = zip_of({"a.txt": b"\0" * (2**19 + 1)})
    put(tmp_path / "in", {"ada.zip": zip_of({"1.zip": half, "2.zip": half})})
    (tmp_path / "unpacked").mkdir()
    found = list(read(tmp_path / "in", tmp_path / "unpacked"))
    assert [reason.partition(":")[0] for reason in reasons(found)] == [
        "is too large (1 files, 1 MB)"
    ]


def test_a_long_list_of_files_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MOST_FILES_A_CLASS", 3)
    files = {f"{'n' * 180}{i}.txt": b"" for i in range(20)}
    (reason,) = reasons(reading(tmp_path, zip_of(files)))
    assert reason.startswith("is too large (more than 3 files): ")


def test_a_zip_in_a_zip_in_a_zip_is_refused(tmp_path):
    third = zip_of({"c.zip": zip_of({"a.txt": b"a"})})
    assert reasons(reading(tmp_path, zip_of({"b.zip": third}))) == [
        "is a zip in a zip in a zip: it has to be unpacked, and zipped once"
    ]


def changed(data: bytes, **fields: int) -> bytes:
    """A zip of one file whose two headers say something else."""
    raw = bytearray(data)
    local, central = raw.find(b"PK\x03\x04"), raw.find(b"PK\x01\x02")
    at = {"crc": (14, 16), "packed": (18, 20), "size": (22, 24)}
    for name, value in fields.items():
        struct.pack_into("<L", raw, local + at[name][0], value)
        struct.pack_into("<L", raw, central + at[name][1], value)
    return bytes(raw)


def test_a_size_that_lies_unpacks_no_more_than_it_says(tmp_path):
    content = b"x" * 100_000
    whole = zip_of({"a.txt": content})
    assert contents(reading(tmp_path, changed(whole, size=2**20))) == {"a.txt": content}
    said = changed(whole, size=10, crc=zlib.crc32(content[:10]))
    assert contents(reading(tmp_path, said)) == {"a.txt": content[:10]}
    assert "Bad CRC-32" in reasons(reading(tmp_path, changed(whole, size=10)))[0]


def test_overlapping_files_cost_themselves(tmp_path):
    # The second name points at the first file's bytes.
    raw = bytearray(zip_of({"a.txt": b"a" * 1000, "b.txt": b"b" * 1000}))
    second = raw.rfind(b"PK\x01\x02")
    struct.pack_into("<L", raw, second + 42, 0)
    found = reading(tmp_path, bytes(raw))
    assert len(reasons(found)) >= 1
    assert "b.txt" not in contents(found)


def test_a_torn_stream_is_refused_with_the_reason(tmp_path):
    raw = bytearray(zip_of({"a.txt": bytes(range(256)) * 40, "good.txt": b"good"}))
    raw[40:60] = b"\xff" * 20
    found = reading(tmp_path, bytes(raw))
    assert reasons(found)[0].startswith("cannot be unpacked (")
    assert reasons(found)[0].endswith("): it has to be zipped and handed in again")
    assert contents(found) == {"good.txt": b"good"}


@settings(max_examples=150, deadline=None, suppress_health_check=[*HealthCheck])
@given(changes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=12))
def test_no_zip_stops_the_batch(tmp_path, changes):
    inner = zip_of({"c.txt": b"c" * 50})
    raw = bytearray(zip_of({"a/b.txt": b"b" * 300, "in.zip": inner}))
    for place, value in changes:
        raw[place % len(raw)] = value
    for item in reading(tmp_path, bytes(raw)):
        assert item.origin.isprintable()
        if isinstance(item, HandedIn):
            assert len(item.data) <= 300
            assert ".." not in item.parts


def test_what_cannot_be_opened_is_listed(tmp_path, monkeypatch):
    put(tmp_path / "in", {"a.txt": b"a", "b.txt": b"b"})
    os.mkfifo(tmp_path / "in" / "pipe.txt")
    opened = archive.Path.open

    def closed(self, *arguments, **named):
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *arguments, **named)

    monkeypatch.setattr(archive.Path, "open", closed)
    found = list(read(tmp_path / "in", tmp_path))
    assert reasons(found) == [
        "cannot be opened (Permission denied): it has to be made readable, or handed in again",
        "is no ordinary file: it has to be a copy of one",
    ]
    assert contents(found) == {"b.txt": b"b"}
    assert reasons(read(tmp_path / "nowhere", tmp_path)) == [
        "does not exist: give the path of a file, a folder or a zip"
    ]


def test_a_name_that_is_no_text_is_refused_and_can_be_shown(tmp_path):
    put(tmp_path / "in", {"good.txt": b"good"})
    with open(os.fsencode(tmp_path / "in") + b"/bad\xff.txt", "wb") as file:
        file.write(b"bad")
    found = list(read(tmp_path / "in", tmp_path))
    assert reasons(found) == ["has a name that is not Unicode: it has to be renamed"]
    assert all(item.origin.isprintable() and item.origin.encode() for item in found)


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"d.json": b"1", "d.json/x.csv": b"2"}, "lies in a folder that has the name of a file"),
        ({"Data.csv": b"1", "data.csv": b"2"}, "differs from Data.csv in upper and lower case"),
    ],
)
def test_names_that_collide_cost_one_of_them(course, tmp_path, files, reason):
    (tmp_path / "ada.zip").write_bytes(zip_of({"words.ipynb": b"{}", **files}))
    found = collect(course, ASSIGNMENT, [tmp_path / "ada.zip"])
    assert [stranger.reason.startswith(reason) for stranger in found.strangers] == [True]


def test_a_folder_of_an_earlier_hand_in_is_not_overwritten(course, tmp_path):
    put(tmp_path / "1", {"ada/words.ipynb": b"{}", "ada/d.json/x.csv": b"1"})
    put(tmp_path / "2", {"ada/words.ipynb": b"{}", "ada/d.json": b"2"})
    collect(course, ASSIGNMENT, [tmp_path / "1"])
    (stranger,) = collect(course, ASSIGNMENT, [tmp_path / "2"]).strangers
    assert stranger.reason == "has the name of a folder that ada handed in: rename it"
