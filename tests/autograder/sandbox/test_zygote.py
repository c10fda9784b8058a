"""The zygote: one for many runners, an end with the last of them, another after a death."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from socket import socket

import psutil
import pytest
from traitlets.config import Config

from autograder.sandbox import zygote
from autograder.sandbox.pool import local_pool

from .conftest import HERE, run_jailed

pytestmark = pytest.mark.skipif(not HERE.isolated, reason="nothing to fork a kernel into")

MORE = Config({"Sandbox": {"preload": ["this"]}})
LOOKS = "import sys; print('this' in sys.modules)"
WAITS = """
import os, time
open("running", "w").close()
while not os.path.exists("go"):
    time.sleep(0.01)
print("done")
"""


@dataclass(frozen=True)
class Started:
    line: socket
    process: psutil.Process

    def others(self) -> list[psutil.Process]:
        """The zygotes with more modules that came of it, and wardens."""
        children = self.process.children()
        return [one for one in children if one.status() != psutil.STATUS_ZOMBIE]


@pytest.fixture
def started(monkeypatch) -> Iterator[Started]:
    """A new zygote, which forks the kernels of this process."""
    before = set(psutil.Process().children())
    with zygote.zygote_line() as line:
        (process,) = set(psutil.Process().children()) - before
        monkeypatch.setattr(zygote, "_of_this_process", None)
        zygote.use_zygote(line)
        yield Started(line, process)


def test_modules_asked_for_are_imported_once_for_those_that_ask(tmp_path, started):
    for _ in range(2):
        assert run_jailed(tmp_path, LOOKS, config=MORE).said() == "True\n"
        assert run_jailed(tmp_path, LOOKS).said() == "False\n"
    assert len(started.others()) == 1


def test_it_lives_as_long_as_one_runner_and_no_kernel_keeps_it(tmp_path, started):
    second = started.line.dup()  # as another worker has it
    started.line.close()
    zygote.use_zygote(second)
    with ThreadPoolExecutor() as threads:
        running = threads.submit(run_jailed, tmp_path, WAITS, config=MORE, timeout=60)
        while not (tmp_path / "running").exists():
            assert not running.done(), running.result()
            time.sleep(0.01)
        all_of_it = [started.process, *started.others()]
        second.close()
        _, still_there = psutil.wait_procs(all_of_it[:2], timeout=30)
        (tmp_path / "go").touch()
        assert running.result().said() == "done\n", "its lifeline is the runner's"
    assert not still_there


def test_one_that_was_killed_is_replaced(tmp_path, started):
    assert run_jailed(tmp_path, LOOKS, config=MORE).said() == "True\n"
    (other,) = started.others()
    other.kill()
    assert run_jailed(tmp_path, LOOKS, config=MORE).said() == "True\n"
    started.process.kill()
    started.process.wait(10)
    assert run_jailed(tmp_path, LOOKS).said() == "False\n"


def line_of_this_worker(seconds: float) -> tuple[int, int]:
    time.sleep(seconds)  # so that the other worker takes the next
    return os.getpid(), os.fstat(zygote.zygote_of_this_worker()._line.fileno()).st_ino


def test_the_workers_of_a_pool_have_one_line():
    with local_pool(2) as pool:
        found = dict(pool.map(line_of_this_worker, [0.5] * 4))
    assert len(found) == 2
    assert len(set(found.values())) == 1


def test_one_that_was_told_ahead_imports_before_anybody_asks(tmp_path, started):
    ready = zygote.Zygote(started.line)
    assert ready.jail.isolated, "by now the children that tried the walls out are gone"
    ready.prepare(("this",))
    deadline = time.monotonic() + 60
    while not started.others():
        assert time.monotonic() < deadline, "nobody imports"
        time.sleep(0.01)
    (ahead,) = started.others()
    assert run_jailed(tmp_path, LOOKS, config=MORE).said() == "True\n"
    assert ahead in started.others(), "it is the one that forked the kernel"
