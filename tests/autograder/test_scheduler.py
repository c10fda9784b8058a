"""A class graded by a real Dask cluster on this machine, which loses machines on the way."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import CancelledError, Executor, Future
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from distributed import Client
from typer.testing import CliRunner

from autograder.cli import app
from autograder.course import CourseError
from autograder.grading.run import grade
from autograder.sandbox import cluster
from autograder.sandbox.cluster import dask_cluster
from autograder.sandbox.pool import IN_FLIGHT, local_pool, run_all
from autograder.sandbox.run import Task

from .conftest import ASSIGNMENT, RIGHT, cells, hand_in

START_SECONDS = 60.0
CLASS = {
    "ada": RIGHT,
    "bob": {},
    "cy": RIGHT | {"double-answer": "def double(x):\n    return 4"},
    "dan": RIGHT | {"double-answer": "import os\ndef double(x):\n    os._exit(1)"},
}
AUTOMATIC = {"ada": 6, "bob": 0, "cy": 4.5, "dan": 4}


@contextmanager
def dask(*arguments: str):
    """`dask scheduler` or `dask worker`, on the loopback alone; killed at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments, "--host", "127.0.0.1", "--no-dashboard"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "10s"},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def running_cluster(folder: Path, workers: int):
    """Address, scheduler and workers of a cluster that is up."""
    contact = folder / "scheduler.json"
    with ExitStack() as stack:
        scheduler = stack.enter_context(
            dask("scheduler", "--port", "0", "--scheduler-file", str(contact))
        )
        deadline = time.monotonic() + START_SECONDS
        while not contact.exists():
            assert time.monotonic() < deadline, "the scheduler did not start"
            time.sleep(0.05)
        address = json.loads(contact.read_text())["address"]
        started = [
            stack.enter_context(
                dask(
                    *("worker", address, "--nthreads", "1", "--no-nanny"),
                    *("--local-directory", str(folder / f"worker-{number}")),
                )
            )
            for number in range(workers)
        ]
        if workers:
            with Client(address, timeout=START_SECONDS, set_as_default=False) as client:
                client.wait_for_workers(workers, timeout=START_SECONDS)
        yield address, scheduler, started


@pytest.fixture
def class_of_four(course):
    for student, answers in CLASS.items():
        for notebook in ("numbers", "words"):
            hand_in(course, student, notebook, answers)
    return course


def automatic(rows) -> dict[str, float]:
    return {row.student: row.automatic_points for row in rows}


def test_a_worker_that_is_killed_costs_nobody_a_point(class_of_four, tmp_path):
    with running_cluster(tmp_path, workers=2) as (address, _, workers):
        done = []

        def kill_one(step) -> None:
            done.append(step)
            if len(done) == 2:
                workers[0].send_signal(signal.SIGKILL)

        with dask_cluster(address) as machines:
            rows = grade(
                class_of_four,
                ASSIGNMENT,
                executor=machines.executor,
                workers=machines.workers,
                on_progress=kill_one,
            )
        assert workers[0].wait(timeout=10) == -signal.SIGKILL
        assert workers[1].poll() is None
    assert automatic(rows) == AUTOMATIC
    assert cells(rows[3])["double"] == (0, "kernel died")
    assert (done[-1].done, done[-1].total) == (8, 8)


@pytest.mark.parametrize("lost", ["the scheduler", "every worker"])
def test_when_the_cluster_is_lost_the_next_run_goes_on_without_it(
    class_of_four, tmp_path, monkeypatch, lost
):
    monkeypatch.setattr(cluster, "WORKER_SECONDS", 5.0)
    kept = []
    with running_cluster(tmp_path, workers=1) as (address, scheduler, workers):
        victim = scheduler if lost == "the scheduler" else workers[0]
        with dask_cluster(address) as machines, pytest.raises(CourseError, match="go on from"):
            grade(
                class_of_four,
                ASSIGNMENT,
                executor=machines.executor,
                workers=machines.workers,
                on_progress=lambda step: step.done == 2 and victim.kill(),
            )
    rows = grade(class_of_four, ASSIGNMENT, workers=2, on_kept=kept.append)
    assert automatic(rows) == AUTOMATIC
    assert kept[0] >= 2


def test_an_address_where_nobody_answers_is_said(class_of_four, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1.0)
    with socket.socket() as taken:  # a port that nobody listens on, and nobody else gets
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        arguments = ["grade", ASSIGNMENT, "--course", str(class_of_four.root)]
        done = CliRunner().invoke(app, [*arguments, "--scheduler", address])
    assert done.exit_code == 1
    assert f"No Dask scheduler answers at {address}" in done.output.replace("\n", " ")


def test_a_cluster_without_workers_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "WORKER_SECONDS", 0.5)
    with (
        running_cluster(tmp_path, workers=0) as (address, _, _),
        pytest.raises(CourseError, match="has no workers"),
        dask_cluster(address),
    ):
        pass


class Slow(Executor):
    """Finishes a task only when the next one has to wait for a place, and counts."""

    def __init__(self) -> None:
        self.waiting: list[Future] = []
        self.most = 0

    def submit(self, function, /, *args, **kwargs):
        future: Future = Future()
        self.waiting.append(future)
        self.most = max(self.most, sum(not f.done() for f in self.waiting))
        if sum(not f.done() for f in self.waiting) == IN_FLIGHT * 2:
            next(f for f in self.waiting if not f.done()).set_result("ran")
        return future


def test_no_more_is_handed_out_at_once_than_keeps_the_workers_busy():
    drawn = []

    def tasks():
        for number in range(100):
            drawn.append(number)
            yield number, Task(b"")

    results = run_all(tasks(), workers=2, executor=Slow())
    for _ in range(20):
        next(results)
        assert len(drawn) <= 20 + IN_FLIGHT * 2
    results.close()


def test_machines_that_are_gone_end_the_run_with_a_word():
    class Gone(Slow):
        def submit(self, function, /, *args, **kwargs):
            future: Future = Future()
            future.set_exception(CancelledError())
            return future

    with pytest.raises(CourseError, match="run the same command again"):
        list(run_all([(1, Task(b""))], executor=Gone()))


def test_workers_have_the_environment_that_their_pool_began_with(monkeypatch):
    found = []
    for value in ("first", "second"):
        monkeypatch.setenv("CHAINRULE_TEST", value)
        with local_pool(1, kernels=False) as pool:
            found.append(pool.submit(os.getenv, "CHAINRULE_TEST").result())
    assert found == ["first", "second"]
