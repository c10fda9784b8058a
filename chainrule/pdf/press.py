"""The Typst compiler behind a time limit.

It runs in a process of its own, because there is content that stops a compiler
for good: figures whose filters take hours, or whose nesting overflows the
stack. Inside of this process neither could be survived. The process is started
once and prints one document after the other; one that does not answer in time
is killed, and the next order starts another. Its memory has a limit as well.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_START = (
    "import sys; sys.path[:] = sys.argv[2:];"
    "exec(compile(open(sys.argv[1], 'rb').read(), sys.argv[1], 'exec'))"
)

_CRASH = "it crashes Typst, or needs too much memory"


@dataclass(frozen=True)
class Fonts:
    """Where to find fonts beside Typst's own; `system` adds all those of the machine."""

    folders: tuple[str, ...] = ()
    system: bool = False


@dataclass(frozen=True)
class Printed:
    """A PDF, and the metadata in it by the selectors that were asked for."""

    data: bytes
    metadata: Mapping[str, Sequence[Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Jam:
    """Why there is no PDF."""

    reason: str


def start() -> None:
    """Start the compiler's process, so that it is ready when it is needed."""
    _press.start()


def compile_pdf(
    root: Path,
    fonts: Fonts,
    limit: float,
    timestamp: int | None = None,
    queries: Sequence[str] = (),
) -> Printed | Jam:
    """Compile ``main.typ`` in the folder `root`, outside of which nothing is read.

    `limit` is in seconds, `timestamp` in seconds since 1970 UTC. Each of
    `queries` selects metadata elements, whose values come back.
    """
    order = {"root": str(root), "timestamp": timestamp, "queries": list(queries)}
    answer, data = _press.ask(order, fonts, limit)
    if "error" in answer:
        return Jam(answer["error"])
    return Printed(data, answer["metadata"])


def missing(characters: str, fonts: Fonts, limit: float = 5.0) -> str:
    """Those of the characters that none of the fonts has; none of them if that takes too long."""
    answer, _ = _press.ask({"characters": characters}, fonts, limit)
    return answer.get("missing", "")


class _Press:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def forget(self) -> None:
        """After a fork: the child must not talk into its parent's conversation."""
        self.__init__()

    def start(self) -> None:
        with self._lock:
            self._running()

    def ask(
        self, order: Mapping[str, Any], fonts: Fonts, limit: float
    ) -> tuple[dict[str, Any], bytes]:
        """The answer to an order, and the bytes that go with it."""
        line = json.dumps({**order, "fonts": fonts.folders, "system": fonts.system}).encode()
        with self._lock:
            process = self._running()
            late = threading.Event()

            def stop() -> None:
                late.set()
                process.kill()

            timer = threading.Timer(limit, stop)
            timer.start()
            try:
                process.stdin.write(line + b"\n")
                process.stdin.flush()
                header = process.stdout.readline()
                answer = json.loads(header) if header.endswith(b"\n") else {}
                data = process.stdout.read(answer.get("size", 0))
            except OSError:  # it died before it had read the order
                answer, data = {}, b""
            finally:
                timer.cancel()
                timer.join()
            if late.is_set() or len(data) != answer.get("size"):
                code = self._ended()
                if late.is_set():
                    return {"error": f"it takes longer than {limit:g} s"}, b""
                # Python's own exit code: it could not even import typst.
                why = "the typst package cannot be imported" if code == 1 else _CRASH
                return {"error": why}, b""
            return answer, data

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process and self._process.poll() is None:
            return self._process
        script = Path(__file__).with_name("compositor.py")
        # Isolated: whatever lies in the folder of the notebook, this imports none of it.
        command = [sys.executable, "-I", "-S", "-c", _START, str(script)]
        self._process = subprocess.Popen(
            [*command, *(place for place in sys.path if place)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self._process

    def _ended(self) -> int:
        """The exit code of the process, whose input is closed first so that it does end."""
        self._process.communicate()
        code, self._process = self._process.returncode, None
        return code

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._ended()


_press = _Press()
atexit.register(_press.stop)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_press.forget)
