"""A container's share of processor and memory for a command, by cgroups, without Docker.

Version 2 (Documentation/admin-guide/cgroup-v2.rst) or 1 (admin-guide/cgroup-v1/memory.rst,
scheduler/sched-bwc.rst), whichever the machine has mounted. Needs root.
"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

GROUPS = Path("/sys/fs/cgroup")
PERIOD = 100_000  # microseconds
LOOK_SECONDS = 0.05


@dataclass(frozen=True)
class Used:
    """What a command took: processor seconds, the most memory at any time, and how many of its
    processes were ended for want of memory. Files that the system keeps in memory are not
    counted, for they give way."""

    cpu_seconds: float
    memory_mb: float
    killed: int


@dataclass(frozen=True)
class Container:
    """`cores` of the processor and `memory` MB for everything that a command starts."""

    cores: float
    memory: int

    def run(self, command: list[str], environment: Mapping[str, str]) -> Used:
        """Run a command in it; what it prints is dropped."""
        with self._groups() as groups:
            join = "".join(f"echo $$ > '{group}/cgroup.procs'; " for group in groups.values())
            process = subprocess.Popen(
                ["bash", "-c", f'{join}exec "$@"', "bash", *command],
                env=dict(environment),
                stdout=subprocess.DEVNULL,
            )
            ended, peak = threading.Event(), [0]
            watch = threading.Thread(target=_watch, args=(groups["memory"], ended, peak))
            watch.start()
            process.wait()
            ended.set()
            watch.join()
            return Used(_processor(groups), peak[0] / 2**20, _killed(groups["memory"]))

    @contextmanager
    def _groups(self) -> Iterator[dict[str, Path]]:
        name = f"chainrule-{os.getpid()}"
        quota, most = int(self.cores * PERIOD), str(self.memory * 2**20)
        if (GROUPS / "cgroup.controllers").is_file():
            both = GROUPS / name
            groups = {"cpu": both, "memory": both}
            settings = {"cpu": {"cpu.max": f"{quota} {PERIOD}"}, "memory": {"memory.max": most}}
        else:
            groups = {kind: GROUPS / kind / name for kind in ("cpu", "cpuacct", "memory")}
            settings = {
                "cpu": {"cpu.cfs_period_us": str(PERIOD), "cpu.cfs_quota_us": str(quota)},
                "memory": {"memory.limit_in_bytes": most},
            }
        for kind, group in groups.items():
            group.mkdir(exist_ok=True)
            for setting, value in settings.get(kind, {}).items():
                (group / setting).write_text(value)
        try:
            yield groups
        finally:
            for group in set(groups.values()):
                group.rmdir()


def _watch(group: Path, ended: threading.Event, peak: list[int]) -> None:
    while not ended.wait(LOOK_SECONDS):
        peak[0] = max(peak[0], _used(group))


def _used(group: Path) -> int:
    """Bytes of processes' own, and of files in memory that have no disk (/dev/shm, /tmp)."""
    stat = dict(line.split() for line in (group / "memory.stat").read_text().splitlines())
    names = ("anon", "shmem", "kernel") if "anon" in stat else ("total_rss", "total_shmem")
    return sum(int(stat.get(name, 0)) for name in names)


def _processor(groups: Mapping[str, Path]) -> float:
    if "cpuacct" in groups:
        return int((groups["cpuacct"] / "cpuacct.usage").read_text()) / 1e9
    (line,) = (s for s in (groups["cpu"] / "cpu.stat").read_text().splitlines() if "usage" in s)
    return int(line.split()[1]) / 1e6


def _killed(group: Path) -> int:
    for name in ("memory.events", "memory.oom_control"):
        path = group / name
        if path.is_file():
            for line in path.read_text().splitlines():
                key, value = line.split()
                if key == "oom_kill":
                    return int(value)
    return 0
