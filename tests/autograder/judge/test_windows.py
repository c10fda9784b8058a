"""Windows around test cells: the verdict belongs to one cell, and each cell starts afresh."""

from __future__ import annotations

import os
import signal
import time

import pytest

from autograder.judge.registry import all_checks
from autograder.judge.remote import Loopback
from autograder.judge.seeds import trial_seed
from autograder.sandbox.judging import Judge, JudgeLost, Session, check_of
from tests.autograder.judge.conftest import KEY
from tests.autograder.judge.kernel import Kernel

RELU = """\
def relu_slopes(v):
    return np.diag((v > 0).astype(float))
"""
GRADE = 'grade("bias_factor_relu", relu_slopes)'
CHECK = "bias_factor_relu"
WORKSHEET = """\
from chainrule import Worksheet
sheet = Worksheet("f")
x = sheet.input("x")
sheet.exp(x, name="f")
"""


def test_a_right_answer_gets_full_points_and_no_notes(kernel: Kernel) -> None:
    kernel.run(RELU)
    verdict = kernel.grade(GRADE, CHECK)
    assert (verdict.points, verdict.max_points, verdict.notes) == (1.0, 1.0, ())
    assert kernel.error == ""
    assert 0 < verdict.seconds < 2


def test_a_wrong_answer_is_told_why(kernel: Kernel) -> None:
    kernel.run("def relu_slopes(v):\n    return np.diag(1 - (v > 0))")
    verdict = kernel.grade(GRADE, CHECK)
    assert verdict.points == pytest.approx(0.36)
    assert "the sides are swapped" in verdict.text()


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("relu_slopes = 3", "expected a function, but got a int"),
        ("def relu_slopes(v): pass", "returned None"),
        ("def relu_slopes(v): return 'text'", "returned a str instead of numbers"),
        ("def relu_slopes(v): return [[1, 2], [3]]", "rows of different lengths"),
        ("def relu_slopes(v): return 1j * v", "complex numbers"),
        ("def relu_slopes(v): return np.ma.masked_array(v, v > 0)", "a masked array"),
        ("def relu_slopes(v): raise KeyError('W1')", "raised KeyError: 'W1'"),
        ("def relu_slopes(v): raise SystemExit(3)", "raised SystemExit: 3"),
        ("def relu_slopes(v): return v @ np.ones((5, 5))", "raised ValueError: matmul"),
        ("def relu_slopes(v): return np.zeros((5000, 5000))", "too large"),
        ("def relu_slopes(v): return (n for n in v)", "returned a generator"),
    ],
)
def test_odd_answers_get_a_reason_alike_in_and_outside_of_the_process(
    kernel: Kernel, answer: str, says: str
) -> None:
    from autograder.judge.registry import judge

    kernel.run(answer)
    verdict = kernel.grade(GRADE, CHECK)
    space: dict = {}
    exec(f"import numpy as np\n{answer}", space)
    here = judge(CHECK, Loopback([space["relu_slopes"]]).offered(), trial_seed(KEY, CHECK))
    assert verdict.points == here.points == 0
    assert says in verdict.text()
    assert verdict.parts == here.parts


def test_worksheets_and_derivations_travel_as_plain_data(kernel: Kernel) -> None:
    kernel.run(WORKSHEET)
    assert (
        "computes the stated function"
        in kernel.grade('grade("sig_graph", sheet)', "sig_graph").text()
    )
    for offered, says in {
        "[1]": "expected a Worksheet, but got a list",
        "None": "expected a Worksheet, but got None",
        "Worksheet": "the worksheet is not in order",
    }.items():
        assert says in kernel.grade(f'grade("sig_graph", {offered})', "sig_graph").text()


def test_a_grade_outside_of_a_window_is_answered_with_nothing(kernel: Kernel) -> None:
    started = time.monotonic()
    assert kernel.run(RELU + f"said = [{GRADE} for _ in range(30)]") == ""
    assert time.monotonic() - started < 3
    assert kernel.said == str([None] * 30)
    assert kernel.grade(GRADE, CHECK).points == 1


def test_a_cell_that_offers_nothing_gets_nothing(kernel: Kernel) -> None:
    verdict = kernel.grade("pass", CHECK)
    assert (verdict.points, verdict.max_points) == (0, 1)
    assert "before it offered your answer" in verdict.text()


def test_the_name_in_the_notebook_decides_and_not_the_one_in_the_kernel(kernel: Kernel) -> None:
    kernel.run("b2 = lambda t, yhat: -2 * (t - yhat)")
    verdict = kernel.grade('grade("bias_formula_b2", b2)', CHECK)
    assert (verdict.check, verdict.points) == (CHECK, 0)
    assert any("another check" in note for note in verdict.notes)


def test_an_unknown_check_is_said_before_the_cell_runs(session: Session, kernel: Kernel) -> None:
    with pytest.raises(KeyError, match="no check"):
        session.open("no_such_check", 5)


def test_an_endless_loop_costs_its_own_cell_only(kernel: Kernel) -> None:
    kernel.run("def relu_slopes(v):\n    while True: pass")
    verdict = kernel.grade(GRADE, CHECK, seconds=2)
    assert verdict.points == 0
    assert "took too long" in verdict.text()
    assert "KeyboardInterrupt" in kernel.error
    kernel.run(RELU)
    assert kernel.grade(GRADE, CHECK).points == 1


def test_a_slow_answer_is_no_reason_for_a_note(kernel: Kernel) -> None:
    kernel.run("import time\ndef relu_slopes(v):\n    time.sleep(1.2)\n    return v")
    verdict = kernel.grade(GRADE, CHECK, seconds=2)
    assert (verdict.points, verdict.notes) == (0, ())
    kernel.run(RELU)
    verdict = kernel.grade(GRADE, CHECK)
    assert (verdict.points, verdict.notes) == (1, ())


def test_a_reply_that_an_interrupt_cut_in_two_does_not_cost_the_next_cell(kernel: Kernel) -> None:
    # 40 MB and half of a frame: sent by hand, as if the interrupt had come in the middle.
    kernel.run(RELU)
    kernel.grade(
        "from autograder.sandbox import probe\nfrom autograder.judge import wire\n"
        "probe._channel.sendall(wire.pack({'offer': 'bias_factor_relu', 'objects': []})[:-3])",
        CHECK,
        seconds=1,
    )
    assert kernel.run(f"said = {GRADE}") == ""
    assert kernel.grade(GRADE, CHECK).points == 1


def test_a_dead_kernel_costs_its_own_cell_only(session: Session, kernel: Kernel) -> None:
    kernel.run("import os\ndef relu_slopes(v): os._exit(1)")
    started = time.monotonic()
    verdict = kernel.grade(GRADE, CHECK)
    assert time.monotonic() - started < 3
    assert (verdict.points, verdict.max_points) == (0, 1)
    with Kernel(session) as fresh:
        fresh.run(RELU)
        assert fresh.grade(GRADE, CHECK).points == 1


def test_a_judge_that_is_lost_costs_one_verdict(session: Session, kernel: Kernel) -> None:
    kernel.run(RELU)
    session.open(CHECK, 5)
    os.kill(session._pid, signal.SIGKILL)
    with pytest.raises(JudgeLost, match="no fault of the student's"):
        session.take()
    with pytest.raises(JudgeLost):
        session.open(CHECK, 5)
    with Kernel(session) as fresh:
        fresh.run(RELU)
        assert fresh.grade(GRADE, CHECK).points == 1


def test_nobody_waits_for_a_judge_that_was_lost_while_it_asked(
    session: Session, kernel: Kernel
) -> None:
    # The function stops the judge that has called it, and returns only when that has gone.
    kernel.run(f"""
import os, time
def relu_slopes(v):
    os.kill({session._pid}, 9)
    while os.path.exists("/proc/{session._pid}/root/"): time.sleep(0.01)
    return v
""")
    session.open(CHECK, 60)
    started = time.monotonic()
    assert kernel.run(GRADE, seconds=40) == ""
    assert time.monotonic() - started < 10
    with pytest.raises(JudgeLost):
        session.take()


def test_a_judge_that_went_between_two_kernels_is_replaced(session: Session) -> None:
    os.kill(session._pid, signal.SIGKILL)
    with Kernel(session) as kernel:
        kernel.run(RELU)
        assert kernel.grade(GRADE, CHECK).points == 1


NEVER = "grade() never reached the judge"


@pytest.mark.parametrize(
    "swallowed",
    ["pass", f"grade = lambda *more: 1.0\n{GRADE}", f"if 0: {GRADE}"],
)
def test_a_test_cell_that_runs_and_offers_nothing_is_flagged(
    kernel: Kernel, swallowed: str
) -> None:
    kernel.run(RELU)
    verdict = kernel.grade(swallowed, CHECK)
    assert (kernel.error, verdict.points) == ("", 0)
    assert any(NEVER in note for note in verdict.notes)
    assert NEVER not in verdict.text()


def test_an_honest_cell_that_does_not_get_as_far_is_not_flagged(
    session: Session, kernel: Kernel
) -> None:
    assert kernel.grade("assert False\n" + GRADE, CHECK).notes == ()
    assert kernel.grade("while True: pass\n" + GRADE, CHECK, seconds=1).notes == ()
    kernel.run(RELU)
    assert kernel.grade(GRADE, CHECK).notes == ()
    verdict = kernel.grade("import os; os._exit(1)\n" + GRADE, CHECK)
    assert (verdict.points, verdict.notes) == (0, ())


def test_a_check_that_fails_is_told_to_the_instructor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(answer: object, t: object) -> None:
        raise ZeroDivisionError("a check of ours")

    check = all_checks()[CHECK]
    monkeypatch.setitem(all_checks(), CHECK, type(check)(CHECK, 1, check.takes, broken))
    judge = Forked()
    try:
        with judge.session(KEY) as session, Kernel(session) as kernel:
            kernel.run(RELU)
            verdict = kernel.grade(GRADE, CHECK)
    finally:
        judge.close()
    assert verdict.points == 0
    assert "ZeroDivisionError" in verdict.notes[0]
    assert "ZeroDivisionError" not in verdict.text()


def test_submissions_get_inputs_of_their_own_and_a_rerun_the_same(judge: Judge) -> None:
    seen = []
    for key in (b"a" * 32, b"b" * 32, b"a" * 32):
        with judge.session(key) as session, Kernel(session) as kernel:
            kernel.run("said = []\ndef relu_slopes(v):\n    said.append(v.tolist())\n    return v")
            kernel.grade(GRADE, CHECK)
            kernel.run("")
            seen.append(kernel.said)
    assert seen[0] == seen[2] != seen[1]


def test_a_session_leaves_no_process_behind(judge: Judge) -> None:
    with judge.session(KEY) as session:
        pid = session._pid
        os.kill(pid, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_the_kernel_hears_nothing_of_the_verdict(kernel: Kernel) -> None:
    kernel.run(
        RELU
        + """
from autograder.sandbox import probe
heard = []
class Listening:
    def __init__(self, sock): self.sock = sock
    def __getattr__(self, name): return getattr(self.sock, name)
    def recv_into(self, view):
        got = self.sock.recv_into(view)
        heard.append(bytes(view[:got]))
        return got
probe._channel = Listening(probe._channel)
"""
    )
    assert kernel.grade(GRADE, CHECK).points == 1
    kernel.run("said = b''.join(heard)")
    for word in ("points", "slope", "verdict", "part", CHECK):
        assert word not in kernel.said
    assert kernel.said.count("seed") == kernel.said.count('["seed", null]')
    assert '[["done", true]]' in kernel.said


@pytest.mark.parametrize(
    ("source", "check"),
    [
        ('assert f(2) == 4\ngrade("double", f)', "double"),
        ('grade("double", f, g)', "double"),
        ("%matplotlib inline\ngrade('double', f)", "double"),
        ("grade(name, f)", None),
        ("2.0", None),
        ("grade('double', f", None),
        ("", None),
    ],
)
def test_the_check_of_a_cell_is_read_from_its_source(source: str, check: str | None) -> None:
    assert check_of(source) == check


class Forked(Judge):
    """A judge's server in a fork of this process, so that a test's own check is in it."""

    def __init__(self) -> None:
        import socket

        from autograder.judge import server

        self._server, theirs = socket.socketpair()
        self._server.settimeout(20)
        self._pid = os.fork()
        if self._pid == 0:
            self._server.close()
            try:
                server.main(theirs.fileno())
            finally:
                os._exit(0)
        theirs.close()

    is_alive = True

    def close(self) -> None:
        self._server.close()
        os.waitpid(self._pid, 0)
