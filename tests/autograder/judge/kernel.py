"""A kernel for tests: a Python process that runs cells one after the other, with a probe in it."""

from __future__ import annotations

import json
import select
import signal
import subprocess
import sys
from types import TracebackType

from autograder.judge.verdict import Verdict
from autograder.sandbox.judging import Session

CELLS = """\
import os, signal, sys
from json import dumps, loads
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job's are ignored
from autograder.sandbox import probe
probe.connect(int(sys.argv[1]))
replies = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
space = {"__name__": "__main__"}
exec("import numpy as np\\nfrom chainrule import grade", space)
for line in sys.stdin:
    try:
        exec(compile(loads(line), "<cell>", "exec"), space)
        error = ""
    except BaseException as raised:
        error = type(raised).__name__
    replies.write(dumps([error, str(space.get("said", ""))]) + "\\n")
    replies.flush()
"""


class Kernel:
    """One process; `run` gives what went wrong in a cell, and `said` what it left there."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.said = ""
        with session.kernel() as channel:
            self._process = subprocess.Popen(
                [sys.executable, "-c", CELLS, str(channel.fileno())],
                pass_fds=[channel.fileno()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                start_new_session=True,
            )

    def run(self, source: str, seconds: float = 20.0) -> str:
        """Run a cell. After `seconds` it is interrupted, as the runner does."""
        try:
            self._process.stdin.write(json.dumps(source) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:  # what the cell before it did to its own Python has ended it
            return "the kernel died"
        if not select.select([self._process.stdout], [], [], seconds)[0]:
            self._process.send_signal(signal.SIGINT)
        if not select.select([self._process.stdout], [], [], 5)[0]:
            return "no interrupt helps"
        line = self._process.stdout.readline()
        if not line:
            return "the kernel died"
        error, self.said = json.loads(line)
        return error

    def grade(self, source: str, check: str, seconds: float = 5.0) -> Verdict:
        """Run a test cell in a window, the judge giving up a little before the runner does."""
        self.session.open(check, seconds=seconds, call_seconds=seconds / 2)
        self.error = self.run(source, seconds + 1)
        return self.session.take(ran=not self.error)

    def __enter__(self) -> Kernel:
        return self

    def __exit__(
        self, kind: type | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()
