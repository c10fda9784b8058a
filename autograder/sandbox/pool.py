"""Runs many notebooks side by side, on whatever executor there is."""

from __future__ import annotations

import gc
import os
import socket
import sys
import threading
from collections.abc import Hashable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, nullcontext
from multiprocessing import get_context, parent_process
from multiprocessing.context import BaseContext
from typing import TypeVar

from autograder.course import CourseError
from autograder.sandbox.run import Executed, Task, run_notebook
from autograder.sandbox.zygote import use_zygote, zygote_line

Key = TypeVar("Key", bound=Hashable)

IN_FLIGHT = 3
"""Tasks a worker that are handed out at once: enough that none waits, few enough that
the parent's memory does not grow with the class."""


def run_all(
    tasks: Iterable[tuple[Key, Task]],
    workers: int | None = None,
    executor: Executor | None = None,
    line: socket.socket | None = None,
) -> Iterator[tuple[Key, Executed | Exception]]:
    """Run all tasks; yields each with its result as it is through, in no order.

    `tasks` are drawn as workers become free. Without an `executor` of your own
    there is one process a core, or `workers`, and a zygote for them all, unless
    there is one on `line`; with one, say by `workers` how many it has. A worker
    that dies takes its pool with it, and with that what others were running:
    those are run again one at a time, so that the one to blame shows.
    """
    tasks = iter(tasks)
    most = IN_FLIGHT * worker_count(workers)
    if executor is not None:
        yield from _run_in(executor, tasks, most, None)
        return
    while True:
        broken: dict[Key, Task] = {}
        with local_pool(worker_count(workers), line=line) as pool:
            yield from _run_in(pool, tasks, most, broken)
        if not broken:
            return
        for suspect in broken.items():
            with local_pool(1, line=line) as pool:
                yield from _run_in(pool, iter([suspect]), 1, None)


@contextmanager
def local_pool(
    workers: int, kernels: bool = True, line: socket.socket | None = None
) -> Iterator[ProcessPoolExecutor]:
    """Worker processes on this machine, which end when this process does, however it ends.

    `kernels`: they will start some, from one zygote for all, which imports while they do or is
    there already, on `line`.
    """
    own = kernels and line is None and sys.platform == "linux"
    with zygote_line() if own else nullcontext(line) as line:
        pool = ProcessPoolExecutor(
            workers,
            mp_context=_context(),
            initializer=_start_worker,
            initargs=(line, dict(os.environ)),
        )
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)


def _context() -> BaseContext:
    """Workers that share nothing with this process: neither its threads nor its gradebook."""
    if sys.platform != "linux":
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])  # one import for all of them
    return context


def worker_count(wanted: int | None = None) -> int:
    """How many notebooks to run side by side: as asked, else one a core."""
    if wanted is not None:
        return max(1, wanted)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _start_worker(line: socket.socket | None, environment: dict[str, str]) -> None:
    """Have it leave with the parent: after a kill -9 of that it would wait for work for ever.

    The zygote, its judge and their kernels see their sockets close, and follow. The environment
    is the parent's of now; the process that workers are forked from has that of its first pool.
    """
    os.environ.clear()
    os.environ.update(environment)
    if line is not None:
        use_zygote(line)
    gc.freeze()  # what is imported by now stays, so collections need not look at it each time
    parent = parent_process()

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, name="parent watch", daemon=True).start()


def _run_in(
    executor: Executor,
    tasks: Iterator[tuple[Key, Task]],
    most: int,
    broken: dict[Key, Task] | None,
) -> Iterator[tuple[Key, Executed | Exception]]:
    """Run `tasks`, at most `most` at once, until there are no more or the pool breaks.

    `broken` takes what was under way in a pool that broke; without it those
    are results like others.
    """
    running: dict[Future, tuple[Key, Task]] = {}
    while True:
        while len(running) < most and not broken:
            key, task = next(tasks, (None, None))
            if task is None:
                break
            running[_submit(executor, task)] = (key, task)
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            key, task = running.pop(future)
            outcome = _outcome(future)
            if broken is not None and isinstance(outcome, BrokenProcessPool):
                broken[key] = task
            else:
                yield key, outcome


def _submit(executor: Executor, task: Task) -> Future:
    try:
        return executor.submit(run_notebook, task)
    except BrokenProcessPool as error:  # it broke while tasks were still being handed in
        refused: Future = Future()
        refused.set_exception(error)
        return refused


def _outcome(future: Future) -> Executed | Exception:
    try:
        return future.result()
    except CancelledError as error:
        raise CourseError(
            "The machines that were grading are gone. What they had graded is recorded; run the "
            "same command again to go on from there."
        ) from error
    except CourseError:  # of the machine or the configuration: every notebook would end like this
        raise
    except Exception as error:  # whatever a worker raised is that notebook's result
        return error
