"""Bringing a file from the internet: mirrors, resumed where it broke off, verified."""

from __future__ import annotations

import errno
import hashlib
import http.client
import re
import shutil
import ssl
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from filelock import FileLock, Timeout

from chainrule.datasets.errors import DataError, disk_error
from chainrule.datasets.progress import Progress, megabytes
from chainrule.datasets.sources import RemoteFile
from chainrule.training.environment import is_grading

_CHUNK = 1 << 16
_SILENCE = 20  # seconds without a byte after which an address is given up
_LOCK_WAIT = 1800  # seconds for which another notebook may be at the same download
# An address that is slower than this is left for the next one, if there is one.
_TRIAL = 15  # seconds
_SLOW = 200_000  # bytes a second
_RESUMPTIONS = 5  # at one address


class _MirrorError(Exception):
    """An address does not serve the file; the message says how."""


class _SlowError(_MirrorError):
    """An address serves the file, but slowly."""


class _BrokenOffError(_MirrorError):
    """A transfer ended before the file did."""


class _NoNetworkError(_MirrorError):
    """No machine was reached at all."""


def fetch(file: RemoteFile, folder: Path) -> Path:
    """Bring `file` into `folder`, whole and verified, and say where it is.

    What comes is written to ``<name>.part`` and takes its place when it is complete and its
    MD5 sum is right. A part that is there already is gone on with. Several notebooks may
    ask for one file at a time: one of them fetches it.

    Raises:
        DataError: It could not be had; the message says why and what can be done.
    """
    target = folder / file.name
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder is in its place", str(target))
        if is_good(target, file.md5):
            return target
        if is_grading():
            raise DataError(
                f"No good {file.name} is in {folder}, and while grading nothing is downloaded. "
                "For the instructor: CHAINRULE_DATA names the folder of the data, and "
                "CHAINRULE_DATASET=sample grades on the sample."
            )
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder / f".{file.name}.lock", file.name):
            if not is_good(target, file.md5):
                _fetch_alone(file, target)
    except OSError as error:
        raise disk_error(error, target, file.size) from error
    return target


def is_good(path: Path, md5: str) -> bool:
    """Whether there is a file at `path`, and it has this MD5 sum."""
    if not path.is_file():
        return False
    digest = hashlib.md5(usedforsecurity=False)
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest() == md5


@contextmanager
def _alone(path: Path, name: str) -> Iterator[None]:
    """Wait until no other notebook fetches the same file. A lock ends with its process."""
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        print(f"Another notebook is downloading {name}; waiting for it.", flush=True)
        try:
            lock.acquire(timeout=_LOCK_WAIT)
        except Timeout:
            raise DataError(
                f"Another notebook has been downloading {name} for half an hour. Stop it, or, "
                f"if there is none, delete {path}; then run this cell again."
            ) from None
    try:
        yield
    finally:
        lock.release()


def _fetch_alone(file: RemoteFile, target: Path) -> None:
    part = target.with_name(f"{target.name}.part")
    free = shutil.disk_usage(target.parent).free
    if free < file.size - _size(part):
        raise OSError(errno.ENOSPC, "too little room", str(target))
    failures: list[tuple[str, _MirrorError]] = []
    spoilt = False
    # An address comes again if it was slow and no other is better, and one more time, from
    # the beginning, if what came in the end was not the file.
    waiting = deque((address, False) for address in file.addresses)
    while waiting:
        address, patient = waiting.popleft()
        try:
            _transfer_whole(address, part, file, patient=patient or not waiting)
        except _SlowError:
            waiting.append((address, True))
            continue
        except _MirrorError as error:
            failures.append((address, error))
            continue
        if is_good(part, file.md5):
            part.replace(target)
            return
        part.unlink()
        failures.append((address, _MirrorError("what came is not the file: its MD5 sum is wrong")))
        if not spoilt:
            print(f"{file.name} came with errors in it; fetching it again.", flush=True)
            spoilt = True
            waiting.append((address, True))
    raise _not_to_be_had(file, target, part, failures)


def _transfer_whole(address: str, part: Path, file: RemoteFile, *, patient: bool) -> None:
    """Fetch until the part is as long as the file, however often the connection breaks."""
    for attempt in range(_RESUMPTIONS):
        before = _size(part)
        if before > file.size:
            part.unlink()
        if before == file.size:
            return
        try:
            return _transfer(address, part, file, patient)
        except _BrokenOffError:
            if attempt == _RESUMPTIONS - 1 or _size(part) <= before:
                raise


def _transfer(address: str, part: Path, file: RemoteFile, patient: bool) -> None:
    """Fetch what is missing from `part` in one go."""
    start = _size(part)
    request = urllib.request.Request(address, headers={"User-Agent": "chainrule"})
    if start:
        request.add_header("Range", f"bytes={start}-")
    with _answer(request) as answer:
        start = _first_byte(answer, start, file.size)
        with part.open("ab" if start else "wb") as out, Progress(file.name, file.size) as progress:
            progress.show(start)
            begun = time.monotonic()
            done = start
            while done < file.size and (chunk := _read(answer)):
                out.write(chunk)
                done += len(chunk)
                progress.show(done)
                seconds = time.monotonic() - begun
                if not patient and seconds > _TRIAL and (done - start) / seconds < _SLOW:
                    raise _SlowError("it is slow")
    if done < file.size:
        raise _BrokenOffError(f"it broke off after {megabytes(done)} of {megabytes(file.size)}")


def _answer(request: urllib.request.Request) -> http.client.HTTPResponse:
    try:
        return urllib.request.urlopen(request, timeout=_SILENCE)
    except urllib.error.HTTPError as error:
        raise _MirrorError(f"it answers {error.code} {error.reason}") from error
    except urllib.error.URLError as error:
        reached = isinstance(error.reason, ssl.SSLError)
        raise (_MirrorError if reached else _NoNetworkError)(str(error.reason)) from error
    except (OSError, http.client.HTTPException) as error:
        raise _MirrorError(f"{type(error).__name__} {error}".strip()) from error


def _read(answer: IO[bytes]) -> bytes:
    # Apart from writing, for both raise OSError and mean different things by it.
    try:
        return answer.read1(_CHUNK)  # type: ignore[attr-defined]
    except (OSError, http.client.HTTPException) as error:
        raise _BrokenOffError(f"{type(error).__name__} {error}".strip()) from error


def _first_byte(answer: http.client.HTTPResponse, asked: int, size: int) -> int:
    """Where in the file the answer starts; refuses an answer that is about another file."""
    if answer.status == 206:
        spans = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", answer.headers["Content-Range"] or "")
        if spans is None or int(spans[1]) != asked or spans[2] not in (str(size), "*"):
            raise _MirrorError("it serves another file under this name")
        return asked
    # It does not know how to go on in the middle, or was not asked to.
    length = answer.headers["Content-Length"]
    if length is not None and int(length) != size:
        raise _MirrorError(
            f"it sends {int(length):,} bytes where the file has {size:,}; "
            "a log-in page of the network, perhaps"
        )
    return 0


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _not_to_be_had(
    file: RemoteFile, target: Path, part: Path, failures: list[tuple[str, _MirrorError]]
) -> DataError:
    if all(isinstance(error, _NoNetworkError) for _, error in failures):
        happened = f"{file.name} is not on this machine, and no network was found to fetch it."
    elif all("MD5" in str(error) for _, error in failures):
        happened = f"{file.name} was fetched, and twice its MD5 sum was wrong: it is corrupt."
    else:
        happened = f"{file.name} could not be downloaded."
    tried = [f"  {address}: {error}" for address, error in failures]
    kept = _size(part)
    again = "Is the network there? Then run this cell again"
    again += f": it goes on after the first {megabytes(kept)}." if kept else "."
    return DataError(
        "\n".join(
            [
                happened,
                *tried,
                "What you can do, one of:",
                f"- {again}",
                "- On a machine with internet, open one of these addresses, and copy the file to",
                f"  {target}",
                "- Has your course a folder with the data? Set CHAINRULE_DATA to it.",
                "- Work with the small sample, which needs no network: run, in a cell of its own,",
                "  %env CHAINRULE_DATASET=sample",
                "  then this cell and all cells below it. You hand in on the real data.",
            ]
        )
    )
