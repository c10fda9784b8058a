"""Folders that student code may write to: made for one run, and gone with it.

A folder is locked for as long as its owner lives. The lock is the kernel's, on
an open file, and goes with its process, `kill -9` included; so what is not
locked is a killed run's, and the next one removes it.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: for authors trying things out
    fcntl = None  # type: ignore[assignment]

KINDS = ("run", "kernel")

MOST_BYTES_A_FILE = 64 * 2**20
"""Of what lies beside a notebook, as in what is collected (`autograder.archive`)."""

MOST_BYTES = 512 * 2**20
"""Of all that lies beside a notebook: a worker gets it with its task, by a pipe or the network."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Folder:
    """A folder of this process, and the open file whose lock says so."""

    path: str
    lock: int | None


def make_folder(kind: str) -> Folder:
    """A new empty folder of one of `KINDS`. The first of a process looks for killed runs'."""
    remove_abandoned(tempfile.gettempdir())
    while True:
        path = tempfile.mkdtemp(prefix=_prefix(kind))
        if fcntl is None:
            return Folder(path, None)
        lock = _lock(path)
        if lock is not None:
            return Folder(path, lock)


def remove_folder(folder: Folder) -> None:
    """Remove a folder of `make_folder`, whatever student code did to it."""
    _remove(folder.path)
    if folder.lock is not None:
        os.close(folder.lock)


@contextmanager
def filled_folder(files: Iterable[tuple[str, bytes]]) -> Iterator[str]:
    """A folder with these files in it, by path, until the block ends."""
    folder = make_folder("run")
    try:
        for name, data in files:
            path = Path(folder.path, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        yield folder.path
    finally:
        remove_folder(folder)


def side_files(notebook: Path) -> tuple[tuple[str, bytes], ...]:
    """The other files that lie beside a sanitised notebook, for its run: data, trained weights.

    What is over the limits is left out, and the log says so.
    """
    folder = notebook.parent
    found: list[tuple[str, bytes]] = []
    left = MOST_BYTES
    for directory, folders, names in os.walk(folder):
        folders.sort()  # the same files are left out on every machine
        for name in sorted(names):
            path = Path(directory, name)
            if path.suffix == ".ipynb" or path.is_symlink() or not path.is_file():
                continue
            size = path.stat().st_size
            if size > min(left, MOST_BYTES_A_FILE):
                log.warning(
                    "%s is left out: it has %.0f MB, and at most %.0f MB may lie beside a notebook "
                    "(%.0f MB a file)",
                    *(path, size / 2**20, MOST_BYTES / 2**20, MOST_BYTES_A_FILE / 2**20),
                )
                continue
            left -= size
            found.append((path.relative_to(folder).as_posix(), path.read_bytes()))
    return tuple(found)


@cache
def remove_abandoned(where: str) -> None:
    """Remove what killed runs of this user have left in `where`; looks once a process."""
    if fcntl is None:
        return
    for kind in KINDS:
        for path in Path(where).glob(f"{_prefix(kind)}*"):
            try:
                if not _is_ours(path.lstat()):
                    continue
                path.chmod(stat.S_IRWXU)  # student code may have closed it
                lock = _lock(str(path))
            except OSError as error:  # another run was faster, or it cannot be opened
                log.info("%s is left as it is: %s", path, error)
                continue
            if lock is not None:
                _remove(str(path))
                os.close(lock)


def _prefix(kind: str) -> str:
    return f"chainrule-{kind}-"


def _lock(path: str) -> int | None:
    """Lock a folder; None if somebody holds it, or if it has just been removed."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Between its making and its lock a folder looks like an abandoned one.
        if os.path.samestat(os.fstat(file), os.lstat(path)):
            return file
    except (BlockingIOError, FileNotFoundError):
        log.debug("%s is another run's", path)
    os.close(file)
    return None


def _is_ours(entry: os.stat_result) -> bool:
    """Whether a run of this user has made it; root gives its own to a user of no one's."""
    if not stat.S_ISDIR(entry.st_mode):
        return False
    if os.geteuid() != 0 or entry.st_uid == 0:
        return entry.st_uid == os.geteuid()
    from autograder.sandbox.namespaces import SPARE_USERS  # Linux only

    return entry.st_uid in SPARE_USERS


def _remove(folder: str) -> None:
    """Remove a folder, also where its own user has closed it, however deep it goes."""
    try:
        if fcntl is None:
            shutil.rmtree(folder)
        else:
            _empty(folder)
            os.rmdir(folder)
    except OSError as error:  # no reason to lose a grade
        log.warning("%s could not be removed: %s", folder, error)


def _empty(folder: str) -> None:
    """Remove all that is in a folder.

    What lies deep is first moved to the top. So no path is ever longer than a name, and there are
    no more open files than two: student code may nest folders deeper than any path or stack is.
    """
    names = (f"{secrets.token_hex(8)}-{number}" for number in count())
    top = _open_folder(folder)
    try:
        while entries := _entries(top):
            for name, is_folder in entries:
                if not is_folder:
                    os.unlink(name, dir_fd=top)
                    continue
                inside = _open_folder(name, top)
                try:
                    for inner, is_inner_folder in _entries(inside):
                        if is_inner_folder:
                            os.close(_open_folder(inner, inside))  # a closed one cannot be moved
                            os.rename(inner, next(names), src_dir_fd=inside, dst_dir_fd=top)
                        else:
                            os.unlink(inner, dir_fd=inside)
                finally:
                    os.close(inside)
                os.rmdir(name, dir_fd=top)
    finally:
        os.close(top)


def _entries(folder: int) -> list[tuple[str, bool]]:
    """What lies in an open folder, and which of it are folders; links are none."""
    with os.scandir(folder) as found:
        return [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in found]


def _open_folder(name: str, parent: int | None = None) -> int:
    """An open folder that may be read and written, whatever its user did to it."""
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
    try:
        folder = os.open(name, flags, dir_fd=parent)
    except PermissionError:
        os.chmod(name, stat.S_IRWXU, dir_fd=parent)
        folder = os.open(name, flags, dir_fd=parent)
    os.fchmod(folder, stat.S_IRWXU)
    return folder
