"""What a submission can use up: each limit, by trying to pass it."""

from __future__ import annotations

import os
import resource
import time
from pathlib import Path

import pytest

from autograder.sandbox.isolation import Limits
from autograder.sandbox.usage import Usage

from .conftest import Ran, run_jailed

LAST = "print('the rest runs')"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


def goes_on(ran: Ran) -> bool:
    return ran.said(-1) == "the rest runs\n"


def config(**traits: object) -> dict:
    from traitlets.config import Config

    return {"config": Config({"Sandbox": traits})}


def test_a_50_gb_array_is_a_memory_error(own):
    ran = run_jailed(own, "import numpy as np; a = np.ones(50 * 2**30 // 8)", LAST)
    assert "MemoryError" in ran.reason(0)
    assert goes_on(ran)


def test_memory_counts_for_all_processes_together(own):
    source = """
import os, time
for _ in range(6):
    if os.fork() == 0:
        x = bytearray(os.urandom(1)) * (300 << 20)
        time.sleep(30)
        os._exit(0)
time.sleep(30)
"""
    ran = run_jailed(own, source, LAST, timeout=20, **config(memory_gb=1))
    assert ran.status(0) == "kernel died"
    assert "more than 1 GB of memory" in ran.reason(0)
    assert goes_on(ran)


def test_a_fork_bomb_ends_at_the_limit(own):
    source = """
import os, time
while True:
    try:
        if os.fork() == 0:
            time.sleep(60)
    except BlockingIOError:
        print("no more"); break
"""
    ran = run_jailed(own, source, LAST, timeout=20)
    assert "no more" in ran.said(0) or "processes" in ran.reason(0)
    assert goes_on(ran)


def test_a_fork_bomb_that_never_stops_costs_its_own_cell(own):
    ran = run_jailed(own, "import os\nwhile True:\n  try: os.fork()\n  except OSError: pass", LAST)
    assert ran.status(0) in ("kernel died", "timed out")
    assert goes_on(ran)


def test_a_huge_file_ends_at_the_limit(own):
    source = """
with open("huge", "wb") as f:
    for _ in range(4096):
        f.write(b"x" * (1 << 20))
"""
    ran = run_jailed(own, source, LAST, **config(file_size_gb=0.05))
    assert "File too large" in ran.reason(0)
    assert (own / "huge").stat().st_size <= 60 << 20
    assert goes_on(ran)


def test_many_files_together_end_at_the_limit(own):
    source = """
import time
for i in range(400):
    with open(f"part{i}", "wb") as f: f.write(b"x" * (1 << 20))
    time.sleep(0.01)
"""
    ran = run_jailed(own, source, **config(disk_gb=0.05))
    assert ran.status(0) == "kernel died"
    assert "to the disk" in ran.reason(0)


def test_descriptors_end_at_the_limit(own):
    ran = run_jailed(own, "f = [open('/dev/null') for _ in range(5000)]", LAST)
    assert "Too many open files" in ran.reason(0)
    assert goes_on(ran)


def test_a_daemon_does_not_outlive_its_submission(own):
    source = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True:
            open("alive", "w").write(str(time.time())); time.sleep(0.02)
    os._exit(0)
time.sleep(0.3)
"""
    run_jailed(own, source)
    written = (own / "alive").read_text()
    time.sleep(0.3)
    assert (own / "alive").read_text() == written


@pytest.mark.parametrize(
    "deadly",
    [
        "import os; os._exit(0)",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "import ctypes; ctypes.string_at(0)",
        "import os; os.kill(0, 9)",
        "import os; os.abort()",
    ],
)
def test_a_kernel_that_ends_is_noticed_at_once_and_replaced(own, deadly):
    started = time.monotonic()
    ran = run_jailed(own, "a = 'kept'", deadly, "print(a)")
    assert ran.status(1) == "kernel died"
    assert ran.said(2) == "kept\n"
    assert time.monotonic() - started < 3


def test_a_loop_that_ignores_interrupts_costs_its_own_cell(own):
    source = (
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nprint('x')\nwhile True: pass"
    )
    ran = run_jailed(own, source, LAST, timeout=1, iopub_timeout=1)
    assert "did not stop when interrupted" in ran.reason(0)
    assert goes_on(ran)


def test_a_kernel_that_is_stopped_costs_its_own_cell(own):
    ran = run_jailed(
        own,
        "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
        LAST,
        timeout=1,
        iopub_timeout=1,
    )
    assert ran.status(0) == "kernel died"
    assert goes_on(ran)


FLOODS = {
    "prints": "for _ in range(1024): print('x' * 1_000_000)",
    "one print": "print('x' * 1_000_000_000)",
    "lines": "for i in range(500_000): print('line of some length', i)",
    "past python": "import os\nfor _ in range(1024): os.write(1, b'x' * 1_000_000)",
    "a command": "!head -c 20000000 /dev/zero | tr '\\\\0' 'x'",
    "displays": "for _ in range(200): display({'text/plain': 'x' * 2_000_000}, raw=True)",
    "a result": "'x' * 100_000_000",
    "an error": "raise ValueError('x' * 100_000_000)",
}


@pytest.mark.parametrize("flood", FLOODS)
def test_output_without_end_neither_grows_the_grader_nor_ends_the_submission(own, flood):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ran = run_jailed(own, FLOODS[flood], LAST, timeout=60)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 150_000, f"{grown} kB"
    assert len(ran.said(0)) < 30_000_000
    assert goes_on(ran), (ran.status(0), ran.reason(0))


def test_output_is_cut_with_a_word(own):
    said = run_jailed(own, "print('x' * 3_000_000)").said()
    assert len(said) < 1_100_000
    assert said.count("output cut here") == 1


def test_a_kernel_that_lifts_its_own_limits_is_ended(own):
    source = """
k = get_ipython().kernel
app = k.parent
app.iopub_thread.send_multipart = app._really_send
for _ in range(400):
    k.session.send(k.iopub_socket, "stream", {"name": "stdout", "text": "x" * 1_000_000},
                   parent=k.get_parent(), ident=b"stream.stdout")
import time; time.sleep(5)
"""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ran = run_jailed(own, source, LAST, timeout=30)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000
    assert "put out more than any limit allows" in ran.reason(0)
    assert goes_on(ran)


def test_a_message_that_is_none_costs_its_own_cell(own):
    source = """
k = get_ipython().kernel
for content in ({}, {"name": 1}, {"text": {}}, []):
    k.session.send(k.iopub_socket, "stream", content, parent=k.get_parent(), ident=b"stream")
import time; time.sleep(0.5)
"""
    ran = run_jailed(own, source, LAST)
    assert goes_on(ran)


def test_binary_output_is_output(own):
    ran = run_jailed(
        own,
        "import os, sys\nos.write(1, bytes(range(256)) * 20)",
        "print('\\ud800 \\x00 \\x1b[2J')",
        "import sys; sys.stdout.write('é' * 10)",
        LAST,
    )
    assert goes_on(ran)


def test_the_whole_notebook_has_a_deadline(own):
    started = time.monotonic()
    ran = run_jailed(own, "import time; time.sleep(30)", "1", LAST, notebook_timeout=2)
    assert time.monotonic() - started < 8
    assert ran.status(-1) == "not run"
    assert "2 s" in ran.reason(-1)


def test_what_a_kernel_leaves_is_removed_though_it_closed_its_folders(own, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    run_jailed(
        own,
        "import os; t = os.environ['TMPDIR']; os.makedirs(t + '/a/b/c'); open(t + '/a/b/f', 'w')\n"
        "os.chmod(t + '/a/b', 0); os.chmod(t + '/a', 0)",
    )
    assert not list(tmp_path.glob("chainrule-kernel-*"))


def test_each_sum_has_its_words():
    limits = Limits()
    assert Usage(1, 1, 1, 1).excess(limits) == ""
    assert "processes" in Usage(1000, 1, 1, 1).excess(limits)
    assert "4 GB of memory" in Usage(1, 5 << 30, 1, 1).excess(limits)
    assert "2 GB to the disk" in Usage(1, 1, 3 << 30, 1).excess(limits)
    assert "files" in Usage(1, 1, 1, 10**6).excess(limits)


def test_a_kernel_has_one_thread_for_numbers(own):
    assert run_jailed(own, "import os; print(os.environ['OMP_NUM_THREADS'])").said() == "1\n"
    assert os.environ.get("OMP_NUM_THREADS") != "student"
