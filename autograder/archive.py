"""Reads what was handed in: files, folders and zips, safely.

Every file comes out as a `HandedIn` with a path of plain parts. What could
harm (a path that climbs out, a link, an absurd size) comes out as a `Refused`
with the name it had and what to do, and nothing of it is ever unpacked.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import struct
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path, PurePosixPath

from autograder.shown import shown

MOST_BYTES_A_FILE = 64 * 2**20
MOST_BYTES_A_ZIP = 512 * 2**20
"""Unpacked, of one student's zip and all that is in the zips in it."""
MOST_FILES_A_ZIP = 5_000
MOST_BYTES_A_CLASS = 16 * 2**30
"""Unpacked, of the zip that an instructor downloaded: a whole class with trained weights."""
MOST_FILES_A_CLASS = 200_000

_MOST_BYTES_A_NAME = 200  # of a file or folder; most file systems take 255
_MOST_BYTES_A_PATH = 1_000
# A central directory says at least so much of a file, and names are short.
_MOST_BYTES_AN_ENTRY = 1_024
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LINK = "is a link, which is not followed: the file itself has to be there"
_AGAIN = "it has to be zipped and handed in again"
_DRIVE = re.compile("[A-Za-z]:")  # of Windows; times in names have colons, too
_END = struct.Struct("<4s4H2LH")  # of a zip: APPNOTE.TXT of PKWARE, 4.3.16

# What operating systems and Jupyter leave behind.
_LITTER = ("__MACOSX", ".ipynb_checkpoints", "__pycache__", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class HandedIn:
    """One file, as it came. Its path leads through the zips it lay in, and does not name them."""

    origin: str
    parts: tuple[str, ...]
    file: Path  # where its bytes are; for what lay in a zip, in the folder given to `read`
    time: datetime  # UTC
    archives: tuple[str, ...] = ()  # the zips it lay in, outermost first, without `.zip`
    outside: int = 0  # how many of `parts` lead to the innermost of them

    @property
    def data(self) -> bytes:
        """Its bytes, read anew each time: a class with its weights need not fit in memory."""
        return self.file.read_bytes()

    @property
    def inside(self) -> tuple[str, ...]:
        """Its path in the innermost zip; the whole path of what lay in none."""
        return self.parts[self.outside :]


@dataclass(frozen=True)
class Refused:
    """Something that was not taken, and why; `parts`, `archives` as in `HandedIn`."""

    origin: str
    reason: str
    archives: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


class _Room:
    """What may still be unpacked: of one zip, and of the one around it."""

    def __init__(self, data: int, files: int, around: _Room | None = None) -> None:
        self.data, self.files, self._around = data, files, around

    def take(self, data: int, files: int) -> bool:
        if self._around is not None and not self._around.take(data, files):
            return False
        self.data, self.files = self.data - data, self.files - files
        return self.data >= 0 and self.files >= 0


@dataclass(frozen=True)
class _Zip:
    """A zip that is being read: where it is, what leads to it, and how much room it has."""

    file: Path
    origin: str
    parts: tuple[str, ...]
    archives: tuple[str, ...]
    time: datetime
    room: _Room
    of_class: bool = False  # then each zip in it is a student's, with room of its own


def read(path: Path, unpacked: Path) -> Iterator[HandedIn | Refused]:
    """Every file in `path`: a folder, a zip (zips inside are opened once), or a file.

    What lies in zips is unpacked into the folder `unpacked`, under names of no meaning. It has to
    be there for as long as the result is used.
    """
    if path.is_symlink():
        yield Refused(str(path), _LINK)
    elif path.is_dir():
        yield from _folder(path, unpacked)
    elif path.is_file():
        room = _Room(MOST_BYTES_A_CLASS, MOST_FILES_A_CLASS)
        yield from _file(path, (path.name,), unpacked, room, of_class=True)
    else:
        yield Refused(str(path), "does not exist: give the path of a file, a folder or a zip")


def _folder(path: Path, unpacked: Path) -> Iterator[HandedIn | Refused]:
    closed: list[OSError] = []
    for folder, folders, names in os.walk(path, onerror=closed.append):
        for name in [n for n in folders if Path(folder, n).is_symlink()]:
            yield Refused(shown(str(Path(folder, name))), _LINK)
        folders[:] = sorted(name for name in folders if not _is_litter(name))
        for name in sorted(names):
            file = Path(folder, name)
            room = _Room(MOST_BYTES_A_ZIP, MOST_FILES_A_ZIP)
            yield from _file(file, file.relative_to(path).parts, unpacked, room)
    for error in closed:
        yield Refused(shown(str(error.filename)), _closed(error))


def _file(
    path: Path, parts: tuple[str, ...], unpacked: Path, room: _Room, of_class: bool = False
) -> Iterator[HandedIn | Refused]:
    if _is_litter(path.name):
        return
    origin = shown(str(path))
    if path.is_symlink() or not path.is_file():
        reason = _LINK if path.is_symlink() else "is no ordinary file: it has to be a copy of one"
        yield Refused(origin, reason)
        return
    parts = tuple(unicodedata.normalize("NFC", part) for part in parts)
    if reason := _bad_name(parts):
        yield Refused(origin, reason)
        return
    try:
        status = path.stat()
        path.open("rb").close()
    except OSError as error:
        yield Refused(origin, _closed(error), (), parts)
        return
    time = datetime.fromtimestamp(status.st_mtime, timezone.utc)
    if _is_zip(path, path.name):
        named = (_unsuffixed(parts[-1]),)
        yield from _zip(_Zip(path, origin, parts[:-1], named, time, room, of_class), unpacked)
    elif status.st_size > MOST_BYTES_A_FILE:
        yield Refused(origin, _too_large(status.st_size), (), parts)
    else:
        yield HandedIn(origin, parts, path, time)


def _zip(packed: _Zip, unpacked: Path) -> Iterator[HandedIn | Refused]:
    # Its name may be a student's, but nobody knows what was in it.
    where = (packed.archives[:-1], (*packed.parts, f"{packed.archives[-1]}.zip"))
    try:
        if not _directory_fits(packed):
            reason = f"is too large (more than {packed.room.files} files): {_smaller(packed)}"
            yield Refused(packed.origin, reason, *where)
            return
        archive = zipfile.ZipFile(packed.file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
        yield Refused(packed.origin, f"is no zip that can be opened ({error}): {_AGAIN}", *where)
        return
    with archive:
        entries = archive.infolist()
        total = sum(entry.file_size for entry in entries)
        if not packed.room.take(total, len(entries)):
            size = f"{len(entries)} files, {total / 2**20:.0f} MB"
            reason = f"is too large ({size}): {_smaller(packed)}"
            yield Refused(packed.origin, reason, *where)
            return
        for entry in entries:
            yield from _entry(archive, entry, packed, unpacked)


def _directory_fits(packed: _Zip) -> bool:
    """Whether a zip's list of files can be read; reading a long one takes time and memory."""
    with packed.file.open("rb") as stream:
        stream.seek(0, os.SEEK_END)
        stream.seek(max(stream.tell() - _END.size - 2**16, 0))
        tail = stream.read()
    start = tail.rfind(b"PK\x05\x06")
    if start < 0 or len(tail) - start < _END.size:
        raise zipfile.BadZipFile("it is cut off, or no zip")
    size = _END.unpack_from(tail, start)[5]
    return size == 0xFFFFFFFF or size <= packed.room.files * _MOST_BYTES_AN_ENTRY


def _entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, packed: _Zip, unpacked: Path
) -> Iterator[HandedIn | Refused]:
    # Windows programs write backslashes; file names on macOS come taken apart into accents.
    name = unicodedata.normalize("NFC", entry.orig_filename.replace("\\", "/"))
    origin = shown(f"{packed.origin}!{name}")
    inside = PurePosixPath(name).parts
    if name.endswith("/") or any(map(_is_litter, inside)):
        return
    where = (packed.archives, packed.parts + inside)
    if reason := _harm(entry, name, inside):
        yield Refused(origin, reason, packed.archives, packed.parts)
        return
    handle, place = tempfile.mkstemp(dir=unpacked)
    file = Path(place)
    try:
        with os.fdopen(handle, "wb") as copy, archive.open(entry) as stream:
            shutil.copyfileobj(stream, copy, 2**20)
    except (
        *(zipfile.BadZipFile, zlib.error, RuntimeError, OSError),
        *(NotImplementedError, EOFError, ValueError, struct.error),
    ) as error:
        file.unlink()
        yield Refused(origin, f"cannot be unpacked ({error}): {_AGAIN}", *where)
        return
    if _is_zip(file, inside[-1]):
        if len(packed.archives) > 1:
            reason = "is a zip in a zip in a zip: it has to be unpacked, and zipped once"
            yield Refused(origin, reason, *where)
            return
        archives = (*packed.archives, _unsuffixed(inside[-1]))
        time = _entry_time(entry, packed.time)
        room = packed.room
        if packed.of_class:
            room = _Room(MOST_BYTES_A_ZIP, MOST_FILES_A_ZIP, around=room)
        around = packed.parts + inside[:-1]
        yield from _zip(_Zip(file, origin, around, archives, time, room), unpacked)
    else:
        time, outside = _entry_time(entry, packed.time), len(packed.parts)
        yield HandedIn(origin, where[1], file, time, packed.archives, outside)


def _is_zip(file: Path, name: str) -> bool:
    """Whether a file is to be opened: a zip, also one that was only called a notebook."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in (".ipynb", ""):
        return suffix == ".zip"
    with file.open("rb") as stream:
        head = stream.read(100)
    # What Office writes is a zip of many parts, which nobody has packed.
    office = b"[Content_Types].xml" in head or b"mimetype" in head
    # One that is cut off stays what it is called, for its student to read what is wrong.
    return head.startswith(b"PK\x03\x04") and not office and zipfile.is_zipfile(file)


def _unsuffixed(name: str) -> str:
    """A zip's name without `.zip`; that of one which was called a notebook stays as it is."""
    return name[: -len(".zip")] if name.lower().endswith(".zip") else name


def _is_litter(name: str) -> bool:
    return name in _LITTER or name.startswith("._")  # macOS, beside each file on other disks


def _harm(entry: zipfile.ZipInfo, name: str, inside: tuple[str, ...]) -> str:
    leads_out = name.startswith("/") or ".." in inside or any(map(_DRIVE.match, inside))
    if leads_out or not inside:
        return "has a path that leads out of its folder: it has to be zipped again without it"
    if reason := _bad_name(inside):
        return reason
    if stat.S_ISLNK(entry.external_attr >> 16):
        return _LINK
    if entry.flag_bits & 0x1:
        return "is locked with a password: it has to be zipped again without one"
    if entry.compress_type not in _METHODS:
        method = zipfile.compressor_names.get(entry.compress_type, entry.compress_type)
        return f"is packed in an unusual way ({method}): it has to be zipped again as usual"
    if entry.file_size > MOST_BYTES_A_FILE:
        return _too_large(entry.file_size)
    return ""


def _bad_name(parts: tuple[str, ...]) -> str:
    """Why no file may be called that: control characters, no Unicode, or a length that no
    file system takes."""
    try:
        sizes = [len(part.encode("utf-8")) for part in parts]
    except UnicodeEncodeError:
        return "has a name that is not Unicode: it has to be renamed"
    if any(unicodedata.category(c) == "Cc" for part in parts for c in part):
        return "has a name that no file should have (control characters): it has to be renamed"
    if max(sizes, default=0) > _MOST_BYTES_A_NAME or sum(sizes) > _MOST_BYTES_A_PATH:
        return "has a name that is too long: it has to be renamed"
    return ""


def _too_large(size: int) -> str:
    most = MOST_BYTES_A_FILE // 2**20
    return (
        f"is too large ({size / 2**20:.0f} MB, at most {most} MB): it has to be made smaller, or "
        "left out"
    )


def _smaller(packed: _Zip) -> str:
    """What to do about a zip that is too large: whoever named it can unpack it."""
    if packed.of_class:
        return "unpack it, and give the folder"
    return "it has to be zipped again with nothing in it but the assignment's files"


def _closed(error: OSError) -> str:
    return f"cannot be opened ({error.strerror}): it has to be made readable, or handed in again"


def _entry_time(entry: zipfile.ZipInfo, otherwise: datetime) -> datetime:
    # Zips keep local time without saying whose; this machine's is the best guess.
    try:
        time = datetime(*entry.date_time).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return otherwise
    return time if time.year > 1980 else otherwise  # 1980 is a zip's way to say "unknown"
