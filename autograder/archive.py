"""Reads what was handed in: files, folders and zips, safely.

Every file comes out as a `HandedIn` with a path of plain parts. What could
harm (a path that climbs out, a link, an absurd size) comes out as a `Refused`
with the name it had, and nothing of it is ever written.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path, PurePosixPath

MOST_BYTES_A_FILE = 64 * 2**20
MOST_BYTES_A_ZIP = 512 * 2**20
MOST_FILES_A_ZIP = 5_000

# What operating systems and Jupyter leave behind.
_LITTER = ("__MACOSX", ".ipynb_checkpoints", "__pycache__", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class HandedIn:
    """One file. `archives` are the zips it lay in, outermost first, without `.zip`."""

    origin: str
    parts: tuple[str, ...]
    data: bytes
    time: datetime  # UTC
    archives: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """Something that was not taken, and why; `archives` as in `HandedIn`."""

    origin: str
    reason: str
    archives: tuple[str, ...] = ()


def read(path: Path) -> Iterator[HandedIn | Refused]:
    """Every file in `path`: a folder, a zip (zips inside are opened once), or a file."""
    if path.is_symlink():
        yield Refused(str(path), "is a link")
    elif path.is_dir():
        for folder, folders, names in os.walk(path):
            for name in [n for n in folders if Path(folder, n).is_symlink()]:
                yield Refused(str(Path(folder, name)), "is a link")
            folders[:] = sorted(name for name in folders if name not in _LITTER)
            for name in sorted(names):
                file = Path(folder, name)
                yield from _file(file, file.relative_to(path).parts)
    elif path.is_file():
        yield from _file(path, (path.name,))
    else:
        yield Refused(str(path), "does not exist")


def _file(path: Path, parts: tuple[str, ...]) -> Iterator[HandedIn | Refused]:
    if path.name in _LITTER:
        return
    if path.is_symlink() or not path.is_file():
        yield Refused(str(path), "is a link or no ordinary file")
        return
    status = path.stat()
    time = datetime.fromtimestamp(status.st_mtime, timezone.utc)
    if path.suffix.lower() == ".zip":
        yield from _zip(path.open("rb"), str(path), parts[:-1], (path.stem,), time)
    elif status.st_size > MOST_BYTES_A_FILE:
        yield Refused(str(path), _too_large(status.st_size))
    else:
        yield HandedIn(str(path), parts, path.read_bytes(), time)


def _zip(
    stream: io.BufferedIOBase,
    origin: str,
    parts: tuple[str, ...],
    archives: tuple[str, ...],
    time: datetime,
) -> Iterator[HandedIn | Refused]:
    with stream:
        try:
            archive = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            # Its name may be a student's, but nobody knows what was in it.
            yield Refused(origin, f"is no zip that can be opened ({error})", archives[:-1])
            return
        with archive:
            entries = archive.infolist()
            total = sum(entry.file_size for entry in entries)
            if len(entries) > MOST_FILES_A_ZIP or total > MOST_BYTES_A_ZIP:
                size = f"{len(entries)} files, {total / 2**20:.0f} MB"
                yield Refused(origin, f"is too large ({size})", archives[:-1])
                return
            for entry in entries:
                yield from _entry(archive, entry, origin, parts, archives, time)


def _entry(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    zip_origin: str,
    parts: tuple[str, ...],
    archives: tuple[str, ...],
    time: datetime,
) -> Iterator[HandedIn | Refused]:
    origin = f"{zip_origin}!{entry.filename}"
    inside = PurePosixPath(entry.filename).parts
    if entry.is_dir() or any(part in _LITTER for part in inside):
        return
    reason = _harm(entry, inside)
    if reason:
        yield Refused(origin, reason, archives)
        return
    try:
        with archive.open(entry) as stream:
            # The size a zip states may be a lie.
            data = stream.read(MOST_BYTES_A_FILE + 1)
    except (zipfile.BadZipFile, RuntimeError, OSError, NotImplementedError, EOFError) as error:
        yield Refused(origin, f"cannot be unpacked ({error})", archives)
        return
    if len(data) > MOST_BYTES_A_FILE:
        yield Refused(origin, _too_large(len(data)), archives)
    elif inside[-1].lower().endswith(".zip"):
        if len(archives) > 1:
            yield Refused(origin, "is a zip in a zip in a zip", archives)
        else:
            name = PurePosixPath(inside[-1]).stem
            yield from _zip(io.BytesIO(data), origin, parts, (*archives, name), time)
    else:
        yield HandedIn(origin, parts + inside, data, _entry_time(entry, time), archives)


def _harm(entry: zipfile.ZipInfo, inside: tuple[str, ...]) -> str:
    name = entry.filename
    if not inside or name.startswith("/") or "\\" in name or ".." in inside or ":" in inside[0]:
        return "has a path that leads out of its folder"
    if any(ord(character) < 32 for character in name) or max(map(len, inside)) > 200:
        return "has a name that no file should have"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "is a link"
    if entry.flag_bits & 0x1:
        return "is locked with a password"
    if entry.file_size > MOST_BYTES_A_FILE:
        return _too_large(entry.file_size)
    return ""


def _too_large(size: int) -> str:
    return f"is too large ({size / 2**20:.0f} MB, at most {MOST_BYTES_A_FILE // 2**20} MB)"


def _entry_time(entry: zipfile.ZipInfo, otherwise: datetime) -> datetime:
    # Zips keep local time without saying whose; this machine's is the best guess.
    try:
        time = datetime(*entry.date_time).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return otherwise
    return time if time.year > 1980 else otherwise  # 1980 is a zip's way to say "unknown"
