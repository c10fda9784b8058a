"""What isolates a kernel on this machine, and what a kernel may use: plain records.

Importable on every system; the means themselves (`autograder.sandbox.jail`)
are Linux's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.sandbox.landlock import SIGNALS_SINCE
from autograder.sandbox.syscalls import known_machine

_GIGABYTE = 1 << 30


@dataclass(frozen=True)
class Limits:
    """What one kernel may use; `memory` and `processes` also hold for it and its children together.

    `memory`, `file_size` and `disk` in bytes, `cpu` in seconds of each process.
    """

    memory: int = 4 * _GIGABYTE
    processes: int = 128
    open_files: int = 1024
    file_size: int = _GIGABYTE
    disk: int = 2 * _GIGABYTE
    cpu: int = 3600


@dataclass(frozen=True)
class Jail:
    """Which walls stand. `missing` says in words why others do not."""

    namespaces: tuple[str, ...] = ()  # of "user", "mount", "pid", "network", "ipc", "uts"
    own_root: bool = False  # only what a kernel may use exists in its file tree
    landlock: int = 0  # version of the ABI; 0: none
    seccomp: bool = False
    other_user: bool = False  # started as root, it becomes a user who owns nothing
    closed: bool = False  # to that user, all that is secret; for one submission on a machine
    missing: tuple[str, ...] = ()

    @property
    def processes(self) -> str:
        """What keeps other processes out of reach; empty if nothing does."""
        if "pid" in self.namespaces:
            return "process namespace"
        if self.landlock >= SIGNALS_SINCE:
            return "Landlock signals"
        return "another user" if self.other_user and self.closed else ""

    @property
    def files(self) -> str:
        """What keeps other files out of reach; empty if nothing does."""
        walls = ["own file tree"] * self.own_root + ["Landlock"] * bool(self.landlock)
        walls += ["permissions"] * (self.other_user and self.closed)
        return " + ".join(walls)

    @property
    def network(self) -> str:
        """What keeps the network out of reach; empty if nothing does."""
        if "network" in self.namespaces:
            return "network namespace"
        return "seccomp (UNIX sockets only)" if self.seccomp else ""

    @property
    def isolated(self) -> bool:
        """Whether untrusted work may be run: processes, files and network are all held."""
        return bool(self.processes and self.files and self.network)

    def lines(self) -> tuple[str, ...]:
        """The walls in words, one line each, for a report."""
        said = [
            f"processes: {self.processes or 'NOT ISOLATED'}",
            f"files: {self.files or 'NOT ISOLATED'}",
            f"network: {self.network or 'NOT ISOLATED'}",
            f"system calls: {'seccomp filter' if self.seccomp else 'not filtered'}",
            "limits: memory, processes, files, processor time",
        ]
        if self.other_user:
            said.append("user: one who owns nothing")
        return (*said, *(f"missing: {reason}" for reason in self.missing))


def closing(jail: Jail, folders: Iterable[str]) -> Jail:
    """The jail with the wall that permissions are, if each of `folders` is closed to all but root.

    A folder is if it, or one that it lies in, is root's and nobody else may enter it. Only root
    can have its kernels run as another user.
    """
    if os.geteuid() != 0:
        return replace(jail, missing=(*jail.missing, "permissions: only root has another user"))
    open_ones = [folder for folder in folders if not _is_closed(os.path.realpath(folder))]
    missing = tuple(f"permissions: {folder} is open to other users" for folder in open_ones)
    return replace(jail, other_user=True, closed=not open_ones, missing=(*jail.missing, *missing))


def _is_closed(folder: str) -> bool:
    places = (folder, *map(str, Path(folder).parents))
    seen = (os.stat(place) for place in places if os.path.exists(place))
    return any(place.st_uid == 0 and not place.st_mode & 0o077 for place in seen)


JUDGE_WALLS = ("memory", "files", "network")

_CONFINED = "from autograder.judge.confine import confine; print(*confine())"

NO_JAIL = Jail(missing=("only Linux on x86-64 or ARM64 has the means to isolate a kernel",))


def jail_from_dict(data: dict) -> Jail:
    """A Jail from its dictionary, as it comes out of JSON."""
    data = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    return Jail(**data)


def probe_machine() -> Jail:
    """The jail that this machine offers to this user; tries every wall out, changes nothing.

    Done in a fresh process: the trials fork, which a process with threads must not.
    """
    if not known_machine():
        return NO_JAIL
    done = subprocess.run(
        [sys.executable, "-m", "autograder.sandbox.jail"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return jail_from_dict(json.loads(done.stdout))


def probe_judge() -> tuple[str, ...]:
    """The walls around a judge on this machine, of `JUDGE_WALLS`; RuntimeError if it fails.

    Put up in a fresh process, for they stay where they are put up.
    """
    done = subprocess.run(
        [sys.executable, "-c", _CONFINED], capture_output=True, text=True, timeout=60
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return tuple(done.stdout.split())
