"""What a running submission uses, measured from outside.

Resource limits hold for one process and one file; these sums are for all of a
submission's processes and all of its files. They see what is there now and
then, so a limit may be passed by what is written between two looks.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.sandbox.isolation import Limits

MAX_FILES = 100_000
"""Files and folders that a submission may have: each costs the disk an inode."""


@dataclass(frozen=True)
class Usage:
    """Processes, and bytes of their own in memory and on disk."""

    processes: int
    memory: int
    disk: int
    files: int

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
        return ""


def usage(init: int, folders: Iterable[str]) -> Usage:
    """What the processes below `init` and the files in `folders` take now."""
    page = os.sysconf("SC_PAGESIZE")
    processes = memory = 0
    waiting = [init]
    while waiting:
        pid = waiting.pop()
        try:
            # Each thread has children of its own.
            threads = os.listdir(f"/proc/{pid}/task")
            children = [
                child
                for thread in threads
                for child in _words(f"/proc/{pid}/task/{thread}/children")
            ]
            _, resident, shared, *_ = _words(f"/proc/{pid}/statm")
        except (FileNotFoundError, ProcessLookupError):  # it has just ended
            continue
        waiting += [int(child) for child in children]
        processes += 1
        memory += (int(resident) - int(shared)) * page
    disk, files = _written(folders)
    return Usage(processes, memory, disk, files)


def _words(path: str) -> list[bytes]:
    """The words of a file of /proc; ten times a second, so without the layers of `open`."""
    file = os.open(path, os.O_RDONLY)
    try:
        parts = []
        while part := os.read(file, 1 << 16):
            parts.append(part)
    finally:
        os.close(file)
    return b"".join(parts).split()


def _written(folders: Iterable[str]) -> tuple[int, int]:
    disk = files = 0
    waiting = list(folders)
    while waiting and files <= MAX_FILES:
        try:
            entries = list(os.scandir(waiting.pop()))
        except OSError:  # gone since it was listed, or closed to its own user by chmod
            continue
        for entry in entries:
            try:
                disk += entry.stat(follow_symlinks=False).st_blocks * 512
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
            except FileNotFoundError:
                continue
        files += len(entries)
    return disk, files
