"""The judge's own process: warm, one fork a submission, one window at a time.

The runner starts it (`python -m autograder.judge.server FD`) and asks it for a
judge per submission, which gets a control socket to the runner and, for each
kernel, the socket that ends in that kernel's probe. Verdicts go out on the
control socket and nowhere else; the kernel only hears when `grade` is over.

    runner → server  {"do": "fork"} + control socket       {"pid"}
                     {"do": "kill", "pid"}                 {"killed": pid}
    runner → judge   {"do": "kernel"} + socket             {"ok": true}
                     {"do": "open", "check", "seed", "seconds", "call_seconds"}
                                                           {"ok": true} or {"error"}
                     {"do": "close", "ran"}                {"verdict"}
                     {"do": "notes"}                       {"notes"}
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import sys
import traceback
import warnings
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from autograder.judge import control
from autograder.judge.channel import MAX_STRAYS, Channel, Lost
from autograder.judge.confine import confine
from autograder.judge.registry import all_checks, judge, nothing
from autograder.judge.remote import offered
from autograder.judge.verdict import Verdict
from chainrule.worksheets import Graph, Worksheet

NO_OFFER = "the test cell ended before it offered your answer"
NEVER_CALLED = "the test cell ran to its end, but its grade() never reached the judge"


@dataclass
class Window:
    """A test cell that runs: the check its answer is for, and what came of it so far."""

    check: str
    seed: int
    offered: bool = False
    verdict: Verdict | None = None


def main(descriptor: int) -> None:
    """Serve until the runner hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the runner's to handle
    warnings.simplefilter("ignore")  # a student's NaN would warn on the instructor's terminal
    _warm_up()
    gc.freeze()  # so that collections in a fork leave the shared pages alone
    judges: set[int] = set()
    with socket.socket(fileno=descriptor) as runner:
        while True:
            try:
                request, descriptors = control.receive(runner)
            except control.HungUp:
                return
            judges -= _reap()
            if request["do"] == "fork":
                pid = _fork(runner, descriptors[0])
                judges.add(pid)
                control.send(runner, {"pid": pid})
            elif request["do"] == "kill":
                if request["pid"] in judges:  # not reaped yet, so the number is still its own
                    os.kill(request["pid"], signal.SIGKILL)
                    os.waitpid(request["pid"], 0)
                    judges.remove(request["pid"])
                control.send(runner, {"killed": request["pid"]})


def _warm_up() -> None:
    """Import and build what the first verdict of every fork would wait for, 30 ms otherwise."""
    all_checks()
    np.random.default_rng(0).standard_normal(2)
    sheet = Worksheet()
    sheet.exp(sheet.input("x"))
    Graph.from_dict(sheet.to_dict())


def _fork(runner: socket.socket, descriptor: int) -> int:
    pid = os.fork()
    if pid:
        os.close(descriptor)
        return pid
    status = 1
    try:
        runner.close()
        confine()
        Presiding(socket.socket(fileno=descriptor)).run()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)  # the server's own way out is not the fork's


def _reap() -> set[int]:
    """The judges that have ended."""
    ended = set()
    with suppress(ChildProcessError):  # no judge is left
        while pid := os.waitpid(-1, os.WNOHANG)[0]:
            ended.add(pid)
    return ended


class Presiding:
    """The judge of one submission, between a runner that it obeys and a kernel that it does not."""

    def __init__(self, runner: socket.socket) -> None:
        self.runner = runner
        self.channel: Channel | None = None
        self.window: Window | None = None
        self.strays = 0

    def run(self) -> None:
        """Serve both ends until the runner hangs up."""
        while True:
            poll = select.poll()
            poll.register(self.runner, select.POLLIN)
            # Once a kernel is gone, or keeps sending what cannot be read, it is not heard.
            if self.channel is not None and self.channel.lost is None:
                poll.register(self.channel.sock, select.POLLIN)
            ready = dict(poll.poll())
            if self.runner.fileno() in ready:
                try:
                    self._obey(*control.receive(self.runner))
                except control.HungUp:
                    return
            elif ready:
                self._hear()

    # --- the runner ------------------------------------------------------

    def _obey(self, request: dict, descriptors: list[int]) -> None:
        answer: dict = {"ok": True}
        if request["do"] == "kernel":
            self._use(socket.socket(fileno=descriptors[0]))
        elif request["do"] == "open":
            answer = self._open(request)
        elif request["do"] == "close":
            answer = {"verdict": self._close(request["ran"]).to_dict()}
        elif request["do"] == "notes":
            answer = {"notes": list(self._notes())}
        control.send(self.runner, answer)

    def _use(self, sock: socket.socket) -> None:
        notes = self._notes()
        if self.channel is not None:
            self.channel.sock.close()
        self.channel = Channel(sock, self.runner.fileno())
        self.channel.notes = list(notes)

    def _open(self, request: dict) -> dict:
        if self.channel is None or request["check"] not in all_checks():
            return {"error": f"there is no check {request['check']!r}, or no kernel to ask"}
        self.window = Window(request["check"], request["seed"])
        self.channel.open(request["seconds"], request["call_seconds"])
        return {"ok": True}

    def _close(self, ran: bool) -> Verdict:
        window, self.window = self.window, None
        if ran and not window.offered:  # an assert that fails, or a kernel that dies, is honest
            self.channel.note(NEVER_CALLED)
        verdict = window.verdict or nothing(window.check, self.channel.lost or NO_OFFER)
        self.channel.recover()  # half a frame may lie there, which nobody has begun to read
        self.strays = 0
        return replace(verdict, notes=(*verdict.notes, *self._notes()))

    def _notes(self) -> tuple[str, ...]:
        """What there is to tell the instructor, each thing told once."""
        if self.channel is None:
            return ()
        notes, self.channel.notes = tuple(self.channel.notes), []
        return notes

    # --- the kernel ------------------------------------------------------

    def _hear(self) -> None:
        """The kernel says something: an offer, or what it has no business to say."""
        channel, window = self.channel, self.window
        if window is None or window.verdict is not None:
            channel.grant(1.0)
        try:
            frame = channel.receive()
            if "offer" in frame:
                self._answer(frame)
            elif not channel.settles(frame):
                channel.note("a frame that answers no question")
        except Lost as lost:
            if window is not None and window.verdict is None:
                window.verdict = nothing(window.check, str(lost))
            self.strays += 1
            if self.strays < MAX_STRAYS:
                channel.recover()
            else:
                channel.lost = str(lost)

    def _answer(self, frame: dict) -> None:
        """Judge an offer if there is a window for it, and end the call of `grade` in any case."""
        window = self.window
        if window is not None and window.verdict is None:
            window.offered = True
            window.verdict = self._judge(window, frame)
        elif window is not None:
            self.channel.note("grade() was called more than once in a test cell")
        self.channel.dismiss()
        self.channel.lost = None  # a call that came too late may still end, and grade() be called

    def _judge(self, window: Window, frame: dict) -> Verdict:
        if type(frame["offer"]) is not str or frame["offer"] != window.check:
            self.channel.note("grade() named another check than the test cell does")
        try:
            return judge(window.check, offered(self.channel, frame.get("objects")), window.seed)
        except Exception:
            # A check of ours that an odd answer breaks: the instructor has to know how.
            self.channel.note(f"the check failed:\n{traceback.format_exc()}")
            return nothing(
                window.check, "the check could not be finished; your instructor sees why"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]))
