"""What can be seen of a class from outside: the network, the gradebook, files, processes."""

from __future__ import annotations

import ctypes
import hashlib
import os
import socket
import sqlite3
import time
from collections.abc import Collection
from pathlib import Path

from autograder.course import Course

_CHILD_SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER, include/uapi/linux/prctl.h."""


class Server:
    """Listens where attackers call: TCP, UDP, and a socket without a file."""

    def __enter__(self) -> Server:
        self.stream = socket.create_server(("", 0))
        self.port = self.stream.getsockname()[1]
        self.datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.datagrams.bind(("", self.port))
        self.abstract = f"hostile-{self.port}"
        self.unix = socket.socket(socket.AF_UNIX)
        self.unix.bind(f"\0{self.abstract}")
        self.unix.listen()
        for sock in (self.stream, self.datagrams, self.unix):
            sock.setblocking(False)
        return self

    def __exit__(self, *error: object) -> None:
        for sock in (self.stream, self.datagrams, self.unix):
            sock.close()

    def arrived(self) -> list[bytes]:
        """Whatever has come in: one entry a connection or datagram."""
        found = []
        for take in (self.stream.accept, self.unix.accept, lambda: self.datagrams.recvfrom(100)):
            try:
                found.append(repr(take()).encode())
            except BlockingIOError:
                continue
        return found


def scores(course: Course, student: str) -> tuple:
    """The rows of the gradebook with a student's points, by cell."""
    query = """
        SELECT base_cell.name, grade.auto_score, grade.manual_score, grade.extra_credit,
               grade.needs_manual_grade
        FROM grade JOIN base_cell ON base_cell.id = grade.cell_id
        JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
        JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
        WHERE submitted_assignment.student_id = ? ORDER BY base_cell.name"""
    with sqlite3.connect(course.root / "gradebook.db") as book:
        return tuple(book.execute(query, (student,)).fetchall())


def assignment(course: Course) -> tuple:
    """What the gradebook holds of the assignment itself: its cells, points and sources."""
    tables = ("assignment", "notebook", "base_cell", "grade_cells", "solution_cells", "source_cell")
    with sqlite3.connect(course.root / "gradebook.db") as book:
        return tuple(sorted(map(repr, book.execute(f"SELECT * FROM {t}"))) for t in tables)


def hashes(root: Path) -> dict[str, str]:
    """The files that grading does not write, and what is in them."""
    written = ("autograded", "feedback", "grades", "gradebook.db")
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file() and path.relative_to(root).parts[0] not in written
    }


def adopt_orphans(on: bool) -> None:
    """Whoever loses a parent among our processes becomes our child, so that none is overlooked."""
    ctypes.CDLL(None).prctl(_CHILD_SUBREAPER, int(on), 0, 0, 0)


def left_over(temporary: str, before: Collection[str]) -> list[str]:
    """Processes and temporary files that are still there a while after the class.

    `before` are this process's own from before it, such as the warm ones of an earlier test.
    """
    until = time.monotonic() + 10
    while True:
        left = {*descendants(os.getpid()), *os.listdir(temporary)} - {*before}
        if not left or time.monotonic() > until:
            return sorted(left)
        time.sleep(0.1)


def descendants(pid: int) -> list[str]:
    """The processes below one, as "pid command"."""
    found = []
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for child in children:
            command = Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")
            if "resource_tracker" in command:  # the pool's own, one for this whole process
                continue
            if not command:  # dead, and left to us because its parent is gone
                os.waitpid(int(child), os.WNOHANG)
            found += [f"{child} {command}", *descendants(int(child))]
    except (FileNotFoundError, ProcessLookupError, ChildProcessError):
        found.append(f"{pid} is just ending")
    return found
