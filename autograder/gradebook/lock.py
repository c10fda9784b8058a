"""One run at a time in a course: two would mix their grades in one gradebook."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

try:
    import fcntl
except ImportError:  # Windows: for authors trying things out
    fcntl = None  # type: ignore[assignment]

from autograder.course import Course, CourseError

log = logging.getLogger(__name__)


@contextmanager
def only_run(course: Course) -> Iterator[None]:
    """Hold the course for one run; CourseError if another run has it.

    The lock is the kernel's, on an open file: it goes when its process does,
    `kill -9` included. That the file is there means nothing.
    """
    path = course.root / "grades" / ".lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    # Not inherited by what this process starts, or a worker that outlives it would keep the lock.
    with path.open("a+", encoding="utf-8") as file:
        if fcntl is None:
            log.warning("No locks on this system: let only one run grade a course at a time.")
            yield
            return
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            who = file.read().strip() or "it has just begun"
            raise CourseError(
                f"Another run is grading this course ({who}). Wait until it is through and run "
                "this again: what it has graded is kept."
            ) from None
        except OSError as error:  # a network file system without locks
            log.warning("%s cannot be locked (%s): let only one run grade at a time.", path, error)
        file.truncate(0)
        file.write(f"process {os.getpid()}, since {datetime.now():%H:%M:%S}\n")
        file.flush()
        yield
