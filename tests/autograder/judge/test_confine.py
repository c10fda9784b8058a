"""The judge's own jail, seen from a process that has put it up around itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox import landlock
from autograder.sandbox.syscalls import known_machine

TRY = """\
import json, os, socket, sys
from autograder.judge.confine import confine
walls = confine()
def holds(action):
    try:
        action()
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "done"
print(json.dumps({
    "walls": walls,
    "read": holds(lambda: open(sys.argv[1]).read()),
    "write": holds(lambda: open(sys.argv[1], "w")),
    "new": holds(lambda: open("/tmp/of-the-judge", "w")),
    "passwords": holds(lambda: open("/etc/passwd")),
    "parent": holds(lambda: os.kill(os.getppid(), 0)),
    "internet": holds(lambda: socket.socket(socket.AF_INET)),
    "memory": holds(lambda: bytearray(8 << 30)),
    "python": holds(lambda: open(os.__file__).read()),
    "sockets": holds(socket.socketpair),
}))
"""

linux = pytest.mark.skipif(
    not known_machine() or not landlock.version(), reason="needs Landlock and seccomp"
)


@linux
def test_a_judge_reaches_python_and_its_sockets_and_nothing_else(tmp_path: Path) -> None:
    gradebook = tmp_path / "gradebook.db"
    gradebook.write_text("grades")
    done = subprocess.run(
        [sys.executable, "-c", TRY, str(gradebook)], capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    assert found["walls"] == ["memory", "files", "network"]
    for open_to_it in ("python", "sockets"):
        assert found[open_to_it] == "done", open_to_it
    for shut in ("read", "write", "new", "passwords", "internet"):
        assert found[shut] in ("PermissionError", "OSError"), shut
    assert found["memory"] == "MemoryError"
    if landlock.version() >= landlock.SIGNALS_SINCE:
        assert found["parent"] == "PermissionError"
    assert gradebook.read_text() == "grades"
