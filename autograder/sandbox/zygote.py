"""The runner's side of the zygote: one for all workers of a pool, or one of a worker's own."""

from __future__ import annotations

import atexit
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from functools import cached_property

from autograder.judge import control
from autograder.sandbox.isolation import Jail, jail_from_dict
from autograder.sandbox.launch import Launch
from autograder.sandbox.surroundings import zygote_environment

START_SECONDS = 120.0
"""For an answer of a zygote that is still importing: torch from a network disk takes its time."""


class ZygoteError(Exception):
    """A zygote or a kernel that did not start; the message has what it said."""


class KernelProcess:
    """A running kernel: signals go in, its end comes out."""

    def __init__(self, lifeline: socket.socket, pid: int) -> None:
        self.pid = pid
        """Of the kernel's init; everything the kernel starts is below it."""
        self.exit: int | None = None
        self._lifeline = lifeline

    def poll(self, seconds: float = 0.0) -> int | None:
        """The exit status once the kernel and all it started are gone; waits up to `seconds`."""
        if self.exit is None and select.select([self._lifeline], [], [], seconds)[0]:
            try:
                self.exit = control.receive(self._lifeline)[0]["exit"]
            except control.HungUp:  # the warden itself was killed, and its kernel with it
                self.exit = -signal.SIGKILL
            self._lifeline.close()
        return self.exit

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel's process group; SIGKILL ends all that it started."""
        if self.poll() is None:
            try:
                control.send(self._lifeline, {"signal": int(number)})
            except control.HungUp:
                self.poll()


class Zygote:
    """A warm process that forks jailed kernels, at the other end of `line`.

    Several processes may hold the same line: what is asked is one packet, and
    is answered on a socket that comes with it.
    """

    def __init__(self, line: socket.socket) -> None:
        self._line = line

    @cached_property
    def jail(self) -> Jail:
        """What holds its kernels. ZygoteError if it did not start."""
        answer, lifeline = self._ask({"jail": True})
        lifeline.close()
        return jail_from_dict(answer["jail"])

    def prepare(self, preload: tuple[str, ...]) -> None:
        """Have it import `preload` now, for kernels that will ask for that. Does not wait."""
        with suppress(control.HungUp):  # which the first launch finds out too, and can say
            control.post(self._line, {"prepare": True, "preload": preload})

    def launch(
        self, launch: Launch, preload: tuple[str, ...] = (), judge: socket.socket | None = None
    ) -> KernelProcess:
        """Fork a kernel. ZygoteError if it fails.

        `preload`: modules that have been imported before the fork, on top of those that all
        have. `judge` is the end of its judge's channel.
        """
        request = {"launch": asdict(launch), "preload": preload}
        answer, lifeline = self._ask(request, judge)
        if "error" in answer:
            lifeline.close()
            raise ZygoteError(f"the kernel could not be jailed: {answer['error']}")
        lifeline.settimeout(None)
        return KernelProcess(lifeline, answer["started"])

    def _ask(self, request: dict, judge: socket.socket | None = None) -> tuple[dict, socket.socket]:
        ours, theirs = socket.socketpair()
        ours.settimeout(START_SECONDS)
        try:
            with theirs:
                descriptors = [one.fileno() for one in (theirs, judge) if one is not None]
                control.post(self._line, request, descriptors)
            return control.receive(ours)[0], ours
        except (control.HungUp, TimeoutError) as error:
            ours.close()
            raise ZygoteError(f"the zygote did not answer: {error}; see what it said") from error

    @property
    def is_alive(self) -> bool:
        # It never speaks on its line, so what can be read there is its end.
        return not select.select([self._line], [], [], 0)[0]


@contextmanager
def zygote_line() -> Iterator[socket.socket]:
    """A zygote for as long as the block, and longer if another process holds its line too."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "autograder.sandbox.zygote_loop", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            cwd="/",
            env=zygote_environment(),
        )
    try:
        yield ours
    finally:
        ours.close()
        process.wait()


_of_this_process: tuple[int, Zygote] | None = None


def use_zygote(line: socket.socket) -> Zygote:
    """Have this process's kernels forked by the zygote at `line`."""
    global _of_this_process
    zygote = Zygote(line)
    _of_this_process = os.getpid(), zygote
    return zygote


def zygote_of_this_worker() -> Zygote:
    """The zygote that this process was given; else its own, started on first use or after one's
    death. It ends with this process."""
    if _of_this_process is not None:
        owner, zygote = _of_this_process
        if owner == os.getpid() and zygote.is_alive:
            return zygote
    own = ExitStack()
    zygote = use_zygote(own.enter_context(zygote_line()))
    atexit.register(own.close)
    return zygote
