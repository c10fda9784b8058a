"""The judge's end of the socket to a kernel: questions and replies, within a window's time."""

from __future__ import annotations

import secrets
import select
import socket
import time

from autograder.judge import wire
from autograder.judge.trial import Missed

MAX_STRAYS = 16
"""Frames that answer nothing, before the rest of what comes is not read any more."""

MAX_DRAINED = 256 << 20
HUNG_UP = "the kernel hung up before your answer was there"
TOO_LATE = "your code took too long to answer"


class Lost(Exception):  # noqa: N818  (it is the answer that is lost)
    """There is nothing more to be read in this window; the message tells the student why."""


class Channel:
    """The judge's end of the socket to a kernel.

    A window is opened on it for each test cell. What was sent before is thrown
    away, and whatever goes wrong in a window ends with it: the next starts afresh.
    `control` is a descriptor that becomes readable when the window is to close.
    """

    def __init__(self, sock: socket.socket, control: int) -> None:
        sock.setblocking(False)
        self.sock = sock
        self.notes: list[str] = []
        self.lost: str | None = None
        self._control = control
        self._owed: set[str] = set()  # questions that were given up; their answers may still come
        self._until = self._call_until = 0.0
        self._call_seconds = 0.0

    def open(self, seconds: float, call_seconds: float) -> None:
        """Open a window of `seconds`; one call may take `call_seconds` of them."""
        self._until = self._call_until = time.monotonic() + seconds
        self._call_seconds = call_seconds
        if self.recover():
            self.note("bytes outside of a test cell's window")
        if self.lost is not None:  # and yet there is a kernel that is about to run a cell
            self.note(f"before the test cell: {self.lost}")

    def recover(self) -> bool:
        """Throw away what is there and listen again.

        A kernel whose cell is over has nothing under way any more, so this is
        where both sides agree again after a timeout. Returns whether there
        was anything that nobody had asked for.
        """
        self.lost = None
        drained = self._drain()
        surprising = bool(drained) and not self._owed
        self._owed.clear()
        return surprising

    def grant(self, seconds: float) -> None:
        """Time for what comes outside of a window."""
        self._call_until = time.monotonic() + seconds

    def ask(self, request: dict) -> dict:
        """Send a request and wait for the reply to it. Missed, at once, if there can be none."""
        if self.lost is not None:
            raise Missed(self.lost)
        try:
            return self._ask(request)
        except Lost as lost:
            self.lost = str(lost)
            raise Missed(self.lost) from None

    def receive(self) -> dict:
        """The next frame. Lost if there is none in time, or none that can be read."""
        try:
            frame = wire.receive(self._read)
        except wire.WireError as error:
            self.note(f"bytes that are no frame: {error}")
            raise Lost("what came from your notebook could not be read") from None
        if not isinstance(frame, dict):
            self.note("a frame that is no message")
            return {}
        return frame

    def settles(self, frame: dict) -> bool:
        """Whether the frame answers a question that is still open, which it then is no more."""
        name = frame.get("id")
        if type(name) is not str or name not in self._owed:  # an array is equal to nothing
            return False
        self._owed.remove(name)
        return True

    def dismiss(self, seconds: float = 1.0) -> None:
        """Tell the kernel that this was all, which ends its call of `grade`."""
        self.grant(seconds)
        self._write(wire.pack({"done": True}))

    def note(self, text: str) -> None:
        """Keep something for the instructor, each thing once."""
        if text not in self.notes and len(self.notes) < 100:
            self.notes.append(text)

    def _ask(self, request: dict) -> dict:
        name = secrets.token_hex(8)
        self._call_until = min(self._until, time.monotonic() + self._call_seconds)
        self._owed.add(name)
        self._write(wire.pack({"id": name, **request}))
        for _ in range(MAX_STRAYS):
            reply = self.receive()
            if self.settles(reply):
                return reply
            self.note(
                "grade() was called from inside of a question"
                if "offer" in reply
                else "a reply to a question that was not asked"
            )
        raise Lost("too much came from your notebook that answers no question")

    # --- bytes -----------------------------------------------------------

    def _read(self, size: int) -> bytearray:
        buffer = bytearray(size)
        view = memoryview(buffer)
        while view:
            if time.monotonic() > self._call_until:  # bytes that keep coming are no answer
                raise Lost(TOO_LATE)
            try:
                got = self.sock.recv_into(view)
            except BlockingIOError:
                self._wait(select.POLLIN)
                continue
            except ConnectionError:
                raise Lost(HUNG_UP) from None
            if not got:
                raise Lost(HUNG_UP)
            view = view[got:]
        return buffer

    def _write(self, frame: bytes) -> None:
        view = memoryview(frame)
        while view:
            try:
                view = view[self.sock.send(view, socket.MSG_NOSIGNAL) :]
            except BlockingIOError:
                self._wait(select.POLLOUT)
            except ConnectionError:
                raise Lost(HUNG_UP) from None

    def _wait(self, event: int) -> None:
        poll = select.poll()
        poll.register(self.sock, event)
        poll.register(self._control, select.POLLIN)
        left = self._call_until - time.monotonic()
        ready = dict(poll.poll(1000 * left)) if left > 0 else {}
        if self._control in ready:
            raise Lost("the cell ended before your answer was there")
        if not ready:
            raise Lost(TOO_LATE)

    def _drain(self) -> int:
        """Read and throw away; returns how many bytes."""
        drained = 0
        while drained < MAX_DRAINED:
            try:
                got = len(self.sock.recv(1 << 20))
            except BlockingIOError:
                return drained
            except ConnectionError:
                got = 0
            if not got:
                self.lost = HUNG_UP
                return drained
            drained += got
        self.lost = "bytes without end came from your notebook"
        return drained
