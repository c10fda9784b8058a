"""The runner's side of judging: opens a window for a test cell and takes the verdict.

    with judge_of_this_worker().session(key) as session:
        with session.kernel() as sock:      # for every kernel that is started
            ...                             # give it the descriptor; its probe connects
        session.open("fc_forward", seconds=30)
        ...                                 # run the test cell
        verdict = session.take()

Verdicts come from the judge's process alone. A judge that is lost takes the
channel to its kernel with it, so that nobody there waits for it: a cell that is
in `grade()` ends at once. The next kernel gets a new judge.
"""

from __future__ import annotations

import ast
import atexit
import os
import socket
import subprocess
import sys
from functools import cache, lru_cache
from types import TracebackType

from IPython.core.inputtransformer2 import TransformerManager

from autograder.judge import control
from autograder.judge.seeds import trial_seed
from autograder.judge.verdict import Verdict

START_SECONDS = 60.0
"""For the server to start and to import the checks."""

ANSWER_SECONDS = 20.0
"""For a judge that was told that the cell is over, and has only a check to finish."""

CALL_SECONDS = 10.0
"""For one call of a student's function with a check's small inputs."""

ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""Without threads of its own, or the server could not be forked."""


LOST = "the judge was lost while it looked at this answer, which is no fault of the student's"


class JudgeLost(Exception):  # noqa: N818  (it is the judge that is lost)
    """The judge did not answer. Not the student's doing, as far as one can tell."""


class Judge:
    """A warm judge: one process a worker, which forks one judge a submission."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "autograder.judge.server", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                cwd="/",
                env=os.environ | ENVIRONMENT,
            )
        ours.settimeout(START_SECONDS)
        self._server = ours

    def session(self, key: bytes) -> Session:
        """A judge for one submission; `key` is its `submission_key`."""
        return Session(self, key)

    def fork(self) -> tuple[int, socket.socket]:
        """A new judge's pid and the control socket to it. JudgeLost if the server is gone."""
        ours, theirs = socket.socketpair()
        ours.settimeout(ANSWER_SECONDS)
        with theirs:
            return self._ask({"do": "fork"}, theirs.fileno())["pid"], ours

    def kill(self, pid: int) -> None:
        """End a judge that does not answer."""
        self._ask({"do": "kill", "pid": pid})

    def close(self) -> None:
        """End the server; judges that are still there hang up when their runner does."""
        self._server.close()
        self._process.wait(timeout=ANSWER_SECONDS)

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def _ask(self, message: dict, *descriptors: int) -> dict:
        try:
            control.send(self._server, message, descriptors)
            return control.receive(self._server)[0]
        except (control.HungUp, OSError) as error:  # TimeoutError is an OSError
            raise JudgeLost(f"the judge's server does not answer: {error}") from error


class Session:
    """The judge of one submission, as its runner sees it."""

    def __init__(self, judge: Judge, key: bytes) -> None:
        self._judge = judge
        self._key = key
        self._pid, self._control = judge.fork()
        self._lost = False

    def kernel(self) -> socket.socket:
        """The end of a new channel for a kernel to inherit; close yours once it has it.

        The other end is the judge's alone. JudgeLost if there is none and no
        new one to be had.
        """
        try:
            return self._connect()
        except JudgeLost:  # perhaps since the last kernel
            return self._connect()

    def _connect(self) -> socket.socket:
        if self._lost:
            self._pid, self._control = self._judge.fork()
            self._lost = False
        judges, kernels = socket.socketpair()
        with judges:
            try:
                self._ask({"do": "kernel"}, judges.fileno())
            except JudgeLost:
                kernels.close()
                raise
        return kernels

    def open(self, check: str, seconds: float, call_seconds: float = CALL_SECONDS) -> None:
        """Open a window for the test cell that is about to be sent.

        All of its questions together may take `seconds`: a little less than
        the cell's own limit, so that the judge gives up before the runner
        does. KeyError if there is no such check.
        """
        opening = {
            "do": "open",
            "check": check,
            "seed": trial_seed(self._key, check),
            "seconds": seconds,
            "call_seconds": call_seconds,
        }
        if "error" in (answer := self._ask(opening)):
            raise KeyError(answer["error"])

    def take(self, ran: bool = True) -> Verdict:
        """Close the window, now that the cell is over, and take the verdict. It is always given:
        0 points and the reason if the cell offered nothing, with a note if it `ran` to its end
        all the same. JudgeLost if the judge has gone."""
        return Verdict.from_dict(self._ask({"do": "close", "ran": ran})["verdict"])

    def notes(self) -> tuple[str, ...]:
        """What the instructor should know and no verdict has said yet."""
        return tuple(self._ask({"do": "notes"})["notes"])

    def close(self) -> None:
        """End this judge, whatever it is about. The kernel should be gone by now."""
        if not self._lost:
            self._end()

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, message: dict, *descriptors: int) -> dict:
        if self._lost:
            raise JudgeLost(LOST)
        try:
            control.send(self._control, message, descriptors)
            return control.receive(self._control)[0]
        except (control.HungUp, OSError) as error:
            self._end()
            raise JudgeLost(LOST) from error

    def _end(self) -> None:
        self._lost = True
        self._control.close()
        if self._judge.is_alive:
            self._judge.kill(self._pid)


@cache
def _started() -> Judge:
    judge = Judge()
    atexit.register(judge.close)
    return judge


def judge_of_this_worker() -> Judge:
    """This process's warm judge, started on first use, and again should it have died."""
    if not _started().is_alive:
        _started.cache_clear()
    return _started()


@lru_cache(maxsize=1024)  # a class asks for the same checks in every submission
def check_of(source: str) -> str | None:
    """The check that a test cell asks for: the literal name in its `grade("name", …)`.

    None for a cell without one. Ask the notebook as it was sanitised: a
    student must not be able to choose.
    """
    try:
        tree = ast.parse(TransformerManager().transform_cell(source))
    except SyntaxError:
        return None
    for statement in reversed(tree.body):
        value = statement.value if isinstance(statement, ast.Expr) else None
        if (
            isinstance(value, ast.Call)
            and isinstance(value.func, ast.Name)
            and value.func.id == "grade"
            and value.args
            and isinstance(value.args[0], ast.Constant)
            and isinstance(value.args[0].value, str)
        ):
            return value.args[0].value
    return None
