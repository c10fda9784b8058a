"""Runs many notebooks side by side, on whatever executor there is."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TypeVar

from autograder.sandbox.run import Executed, Task, run_notebook

Key = TypeVar("Key", bound=Hashable)


def run_all(
    tasks: Mapping[Key, Task], workers: int | None = None, executor: Executor | None = None
) -> Iterator[tuple[Key, Executed | Exception]]:
    """Run all tasks; yields each with its result as it is through, in no order.

    Without an `executor` of your own there is one process a core, or `workers`.
    A worker that dies takes its pool with it, and with that what others were
    running: those are run again one at a time, so that the one to blame shows.
    """
    if executor is not None:
        yield from _run_in(executor, tasks)
        return
    broken: list[Key] = []
    if tasks:
        with local_pool(min(worker_count(workers), len(tasks))) as pool:
            for key, result in _run_in(pool, tasks):
                if isinstance(result, BrokenProcessPool):
                    broken.append(key)
                else:
                    yield key, result
    for key in broken:
        with local_pool(1) as pool:
            yield from _run_in(pool, {key: tasks[key]})


@contextmanager
def local_pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Worker processes on this machine."""
    # Spawned: a forked worker would share the parent's threads and its gradebook.
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def worker_count(wanted: int | None = None) -> int:
    """How many notebooks to run side by side: as asked, else one a core."""
    if wanted is not None:
        return max(1, wanted)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _run_in(
    executor: Executor, tasks: Mapping[Key, Task]
) -> Iterator[tuple[Key, Executed | Exception]]:
    futures: dict[Future, Key] = {}
    refused: dict[Key, Exception] = {}
    for key, task in tasks.items():
        try:
            futures[executor.submit(run_notebook, task)] = key
        except BrokenProcessPool as error:  # it broke while tasks were still being handed in
            refused[key] = error
    for future in as_completed(futures):
        error = future.exception()
        yield futures[future], error if isinstance(error, Exception) else future.result()
    yield from refused.items()
