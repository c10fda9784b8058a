"""What a running submission uses, measured from outside.

Resource limits hold for one process and one file; these sums are for all of a
submission's processes and all of its files. They see what is there now and
then, so a limit may be passed by what is written between two looks.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from autograder.sandbox.isolation import Limits

MAX_FILES = 100_000
"""Files and folders that a submission may have: each costs the disk an inode."""

MAX_DEPTH = 100
"""Folders in folders; each that is being looked through costs the looker a descriptor."""


class Uncountable(Exception):  # noqa: N818  (as what it is, a submission is beyond its limits)
    """Something that is there was made such that nobody can say how large it is; says what."""


@dataclass(frozen=True)
class Usage:
    """Processes, their bytes in memory and on disk, and why some were not counted (`hidden`)."""

    processes: int
    memory: int
    disk: int
    files: int
    hidden: str = ""

    def excess(self, limits: Limits) -> str:
        """Which limit is passed, in words; empty if none is."""
        # Threads count for the system's own limit, so only as many processes here.
        if self.processes > limits.processes:
            return f"it started more than {limits.processes} processes"
        if self.memory > limits.memory:
            return f"its processes used more than {limits.memory / (1 << 30):g} GB of memory"
        if self.disk > limits.disk:
            return f"it wrote more than {limits.disk / (1 << 30):g} GB to the disk"
        if self.files > MAX_FILES:
            return f"it wrote more than {MAX_FILES} files"
        return self.hidden


def usage(init: int, folders: Iterable[str]) -> Usage:
    """What the processes below `init` and the files in `folders` take now."""
    processes = memory = disk = files = 0
    hidden = ""
    sizes: dict[tuple[int, int], int] = {}  # of files without a name, by device and inode
    waiting = [init]
    while waiting:
        pid = waiting.pop()
        try:
            # Each thread has children of its own.
            threads = os.listdir(f"/proc/{pid}/task")
            waiting += [
                int(child)
                for thread in threads
                for child in _read(f"/proc/{pid}/task/{thread}/children").split()
            ]
            memory += _own_memory(_read(f"/proc/{pid}/status"))
            sizes.update(_nameless(pid))
        except (FileNotFoundError, ProcessLookupError):  # it has just ended
            continue
        except Uncountable as error:
            hidden = str(error)
        processes += 1
    try:
        for size in _sizes(folders):
            disk, files = disk + size, files + 1
            if files > MAX_FILES:
                break
    except Uncountable as error:
        hidden = str(error)
    return Usage(processes, memory, disk + sum(sizes.values()), files, hidden)


def _own_memory(status: bytes) -> int:
    """Bytes in memory that come from no file on disk: a process's own, and what it shares."""
    found = 0
    for line in status.splitlines():
        if line.startswith((b"RssAnon:", b"RssShmem:")):
            found += int(line.split()[1]) << 10
    return found


def _nameless(pid: int) -> Iterator[tuple[tuple[int, int], int]]:
    """Files that a process holds open and that have no name any more: device and inode, bytes."""
    folder = f"/proc/{pid}/fd"
    try:
        for name in os.listdir(folder):
            try:
                about = os.stat(f"{folder}/{name}")
            except FileNotFoundError:  # closed since it was listed
                continue
            if not about.st_nlink and stat.S_ISREG(about.st_mode):
                yield (about.st_dev, about.st_ino), about.st_blocks * 512
    except PermissionError:
        if _is_closed(pid):
            raise Uncountable("one of its processes hides which files it has open") from None


def _sizes(folders: Iterable[str]) -> Iterator[int]:
    """Bytes on disk of each file and folder below these."""
    for folder in folders:
        yield from _below(folder, None, 1)


def _is_closed(pid: int) -> bool:
    """Whether a process has made itself unreadable (PR_SET_DUMPABLE): to /proc it is root's."""
    status = _read(f"/proc/{pid}/status").splitlines()
    owner = next(int(line.split()[1]) for line in status if line.startswith(b"Uid:"))
    return os.stat(f"/proc/{pid}").st_uid != owner


def _below(name: str, parent: int | None, depth: int) -> Iterator[int]:
    """The same below one folder, opened by its name in `parent`: its path may be too long."""
    if depth > MAX_DEPTH:
        raise Uncountable(f"it made folders in folders, more than {MAX_DEPTH} deep")
    try:
        folder = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=parent)
    except (FileNotFoundError, NotADirectoryError):  # gone since it was listed
        return
    except PermissionError:
        raise Uncountable(
            f"it closed a folder, {name[:80]!r}, to those who look after it"
        ) from None
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                try:
                    about = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue
                yield about.st_blocks * 512
                if stat.S_ISDIR(about.st_mode):
                    yield from _below(entry.name, folder, depth + 1)
    finally:
        os.close(folder)


def _read(path: str) -> bytes:
    """A file of /proc; ten times a second, so without the layers of `open`."""
    file = os.open(path, os.O_RDONLY)
    try:
        parts = []
        while part := os.read(file, 1 << 16):
            parts.append(part)
    finally:
        os.close(file)
    return b"".join(parts)
