"""A running Dask cluster as an Executor: `autograder grade --scheduler ADDRESS`.

Its workers need this package and its dependencies, and nothing of the course:
a task is a notebook's bytes in, the executed notebook's bytes out.
"""

from __future__ import annotations

import logging
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from autograder.course import CourseError

log = logging.getLogger(__name__)

CONNECT_SECONDS = 15.0
WORKER_SECONDS = 60.0
"""For a worker to join, where a cluster is still starting or has lost all that it had."""

LOOK_SECONDS = 1.0
"""Between two looks at whether there are workers."""


@dataclass(frozen=True)
class Cluster:
    """Where notebooks run, and how many side by side; the default is a process a core, here."""

    executor: Executor | None = None
    workers: int | None = None


@contextmanager
def dask_cluster(address: str) -> Iterator[Cluster]:
    """The Dask cluster whose scheduler is at `address`, e.g. tcp://10.0.0.1:8786.

    A notebook whose worker is lost is run by another one. CourseError if Dask
    is not installed, nobody answers, or no worker joins.
    """
    try:
        from distributed import Client
    except ImportError:
        raise CourseError(
            "--scheduler needs Dask here and on the workers: pip install 'autograder[dask]'"
        ) from None
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise CourseError(
            f"No Dask scheduler answers at {address} ({error}). Start one with `dask scheduler`; "
            "it prints its address."
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=WORKER_SECONDS)
        except TimeoutError:
            raise CourseError(
                f"The scheduler at {address} has no workers. Start some, on machines with this "
                f"package: dask worker {address} --nthreads 1"
            ) from None
        # Not pure: Dask would otherwise compare tasks by content to run equal ones once.
        executor = _OneByOne(client.get_executor(pure=False), client)
        over = threading.Event()
        watch = threading.Thread(target=_watch, args=(client, executor, over), daemon=True)
        watch.start()
        try:
            yield Cluster(executor, sum(client.nthreads().values()))
        finally:
            over.set()
            watch.join()


def _watch(client: Any, executor: _OneByOne, over: threading.Event) -> None:
    """Give up when the last worker has gone and none comes: Dask would wait for ever."""
    last_seen = time.monotonic()
    while not over.wait(LOOK_SECONDS):
        try:
            if client.nthreads():
                last_seen = time.monotonic()
        except (OSError, CancelledError, TimeoutError, ValueError, RuntimeError) as error:
            # No word from the scheduler says nothing about its workers, but counts as none.
            log.info("the scheduler does not say who its workers are: %s", error)
        if time.monotonic() - last_seen > WORKER_SECONDS:
            executor.give_up()
            return


class _OneByOne(Executor):
    """Has each worker process run one notebook at a time, however many threads it has."""

    def __init__(self, executor: Executor, client: Any) -> None:
        self._executor = executor
        self._client = client
        self._given_up = False
        self._under_way: weakref.WeakSet[Future] = weakref.WeakSet()

    def submit(self, function: Callable, /, *args: Any, **kwargs: Any) -> Future:
        if self._given_up or self._client.status not in ("running", "connecting"):
            lost: Future = Future()
            lost.cancel()
            lost.set_running_or_notify_cancel()
            return lost
        future = self._executor.submit(_alone, function, *args, **kwargs)
        self._under_way.add(future)
        return future

    def give_up(self) -> None:
        """Cancel what is under way, and all that is still to come."""
        self._given_up = True
        for future in list(self._under_way):
            future.cancel()


_busy = threading.Lock()


def _alone(function: Callable, *args: Any, **kwargs: Any) -> Any:
    # A process has one zygote and one judge, and each talks to one thread at a time.
    with _busy:
        return function(*args, **kwargs)
