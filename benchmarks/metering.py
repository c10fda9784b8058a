"""Measuring: a whole command's time and memory, and the processor time of students' own cells."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from nbformat import NotebookNode, read
from nbformat.v4 import new_code_cell

LOOK_SECONDS = 1.0
"""Between two looks at the processes of a command. The system keeps each one's peak, so few will
do; ten a second took a twentieth of a core from what was measured."""

CPU = "cells-cpu-seconds"
# As a student would write them: cells of the notebook, so every grader runs them as it runs others.
_CLOCK = "sum(__import__('os').times()[:4])"
METER = (
    f"cells_cpu_started = {_CLOCK}",
    f"print('{CPU}', round({_CLOCK} - cells_cpu_started, 4))",
)


@dataclass(frozen=True)
class Run:
    """A command that is through: wall seconds, and peak resident memory in MB by role."""

    seconds: float
    memory_mb: dict[str, float] = field(default_factory=dict)


def run(command: list[str], folder: Path) -> Run:
    """Run a whole command and measure it. SystemExit with what it said if it fails."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with (folder / "command.log").open("w+") as log:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=os.environ | {"PATH": path}, stdout=log, stderr=log
        )
        peaks: dict[str, float] = {}
        watch = threading.Thread(target=_watch, args=(process, peaks))
        watch.start()
        status = process.wait()
        seconds = time.perf_counter() - started
        watch.join()
        if status:
            log.seek(0)
            said = log.read()[-6000:]
            raise SystemExit(f"{' '.join(command)} failed with status {status}:\n{said}")
    peaks.pop("tracker", None)  # multiprocessing's own
    return Run(seconds, {role: round(peak, 1) for role, peak in sorted(peaks.items())})


def with_meter(notebook: NotebookNode) -> NotebookNode:
    """Put a first and a last cell in that measure the processor time of those between them."""
    first, last = (new_code_cell(source) for source in METER)
    notebook.cells = [first, *notebook.cells, last]
    return notebook


def cells_cpu(folder: Path, assignment: str) -> tuple[float, int]:
    """Processor seconds of the cells of a graded class, and in how many notebooks they stand."""
    seconds = []
    for path in sorted((folder / "autograded").glob(f"*/{assignment}/*.ipynb")):
        for cell in read(path, as_version=4).cells:
            for output in cell.get("outputs", ()):
                if output.get("name") == "stdout" and output.text.startswith(CPU):
                    seconds.append(float(output.text.split()[1]))
    return sum(seconds), len(seconds)


def machine() -> dict[str, object]:
    """What this was measured on, and how busy it was before."""
    info = {
        "processor": _processor(),
        "cores": cores(),
        "memory_gb": _memory_gb(),
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "python": platform.python_version(),
    }
    if hasattr(os, "getloadavg"):
        info["load_before"] = round(os.getloadavg()[0], 2)
    return info


def versions(*packages: str) -> dict[str, str | None]:
    """Of what is measured; None for what is not installed."""
    found: dict[str, str | None] = {}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = None
    return found


def cores() -> int:
    """The cores that this process may use, which is what a grader gets workers for."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


# --- memory ------------------------------------------------------------------


def _watch(process: subprocess.Popen, peaks: dict[str, float]) -> None:
    """Keep the peaks of a command's processes until it ends; Linux only, nothing elsewhere."""
    if not Path("/proc/self/status").exists():
        return
    while process.poll() is None:
        waiting = [(process.pid, "parent")]
        while waiting:
            pid, role = waiting.pop()
            peak = _peak_mb(pid)
            if peak is not None:
                peaks[role] = max(peaks.get(role, 0.0), peak)
            waiting += [(child, _role(child, role)) for child in _children(pid)]
        time.sleep(LOOK_SECONDS)


def _role(pid: int, parents: str) -> str:
    """What a process of `autograder grade` is; children of another command are its kernels."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:  # it has just ended
        return parents
    if parents in ("zygote", "kernel"):
        return "kernel"  # or its warden, which is the zygote's size
    for sign, role in (
        ("multiprocessing.resource_tracker", "tracker"),
        ("multiprocessing", "worker"),
        ("autograder.sandbox.zygote", "zygote"),
        ("autograder.judge.server", "judge"),
        ("ipykernel", "kernel"),
    ):
        if sign in command:
            return role
    return parents


def _children(pid: int) -> list[int]:
    found: list[int] = []
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            found += map(int, Path(f"/proc/{pid}/task/{thread}/children").read_text().split())
    except OSError:  # it, or one of its threads, has just ended
        pass
    return found


def _peak_mb(pid: int) -> float | None:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:  # it has just ended
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line[:6] == "VmHWM:"), None)


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    names = path.read_text().splitlines() if path.is_file() else []
    found = (line.partition(":")[2].strip() for line in names if line.startswith("model name"))
    return next(found, platform.machine())


def _memory_gb() -> float | None:
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return None
    return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / (1 << 30), 1)
