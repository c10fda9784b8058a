"""`Sandbox`: what of the machine a submission may use, and what happens without isolation."""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import entry_points
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory
from traitlets import Bool, Dict, Float, Integer, List, Unicode
from traitlets.config import LoggingConfigurable

from autograder.course import CourseError
from autograder.sandbox import data
from autograder.sandbox.isolation import NO_JAIL, Jail, closing
from autograder.sandbox.provisioner import NAME, OneKernelSpec
from autograder.sandbox.surroundings import hidden_paths
from autograder.sandbox.zygote import zygote_of_this_worker

_GIGABYTE = 1 << 30


class NotIsolated(CourseError):  # noqa: N818  (what the machine is, not what went wrong)
    """This machine cannot keep student code away from the rest of it."""


class NotInstalled(CourseError):  # noqa: N818  (likewise)
    """Jupyter does not know our kernels."""


class Sandbox(LoggingConfigurable):
    """Limits of one submission's kernel, and the means to start it."""

    allow_unisolated = Bool(
        False,
        help="Run submissions even where processes, files or the network are not isolated. "
        "Student code can then read solutions and change grades.",
    ).tag(config=True)
    memory_gb = Float(4.0, help="Memory of a submission, in GB.").tag(config=True)
    file_size_gb = Float(1.0, help="Largest file it may write, in GB.").tag(config=True)
    disk_gb = Float(2.0, help="All that it may write, in GB.").tag(config=True)
    processes = Integer(128, help="Processes and threads it may have.").tag(config=True)
    open_files = Integer(1024, help="Files one process may have open.").tag(config=True)
    cpu_seconds = Integer(3600, help="Processor time of one process.").tag(config=True)
    readable = List(
        Unicode(), help="More folders it may read: data sets, a module that is not installed."
    ).tag(config=True)
    closed = List(
        Unicode(),
        help="Only for a machine that grades one submission and is then thrown away, as those of "
        "Gradescope are: the folders with all that is secret or written to, closed to everybody "
        "but root. Where kernels run as another user, they are isolated by that too.",
    ).tag(config=True)
    preload = List(Unicode(), help="More modules to import once a worker.").tag(config=True)
    environment = Dict(help="More environment variables for its kernel.").tag(config=True)
    seed = Integer(0, help="Of Python's, NumPy's and torch's random numbers.").tag(config=True)

    def jail(self) -> Jail:
        """The walls that stand around kernels of this worker.

        NotIsolated where they are too few and nobody has allowed that. On
        systems other than Linux there are none, which is said once.
        """
        if sys.platform != "linux":
            _warn_once(self.log, NO_JAIL)
            return NO_JAIL
        jail = zygote_of_this_worker().jail
        if self.closed:
            jail = closing(jail, (*self.closed, *hidden_paths()))
        if not jail.isolated:
            if not self.allow_unisolated:
                raise NotIsolated(
                    "This machine cannot isolate student code, so none was run. "
                    + "; ".join(jail.lines())
                    + ". Grade on another machine, or set c.Sandbox.allow_unisolated = True in "
                    "nbgrader_config.py if you trust every submission."
                )
            _warn_once(self.log, jail)
        return jail

    def kernel_manager(self, *, max_output: int, show_checks: bool) -> AsyncKernelManager:
        """Starts jailed kernels. `show_checks` is for grading without a judge: `grade` then runs
        the checks in the kernel, where a student can read them. NotInstalled if it cannot."""
        require_provisioner()
        config: dict[str, Any] = {
            "limits": {
                "memory": int(self.memory_gb * _GIGABYTE),
                "processes": self.processes,
                "open_files": self.open_files,
                "file_size": int(self.file_size_gb * _GIGABYTE),
                "disk": int(self.disk_gb * _GIGABYTE),
                "cpu": self.cpu_seconds,
            },
            "readable": [*data.folders(), *self.readable],
            "preload": list(self.preload),
            "environment": data.environment() | self.environment,
            "seed": self.seed,
            "max_output": max_output,
            "other_user": bool(self.closed),
            "show_checks": show_checks,
        }
        return AsyncKernelManager(
            kernel_name=NAME,
            kernel_spec_manager=OneKernelSpec(config_of_provisioner=config),
            transport="ipc",
        )


@cache
def require_provisioner() -> None:
    """NotInstalled unless Jupyter finds our kernels: by this package's entry point."""
    if not entry_points(group=KernelProvisionerFactory.GROUP_NAME, name=NAME):
        raise NotInstalled(
            f"Jupyter does not know this package's kernels ('{NAME}'), which are newer than its "
            "installation. Run `pip install -e ./chainrule -e .` in the project's folder again, "
            "on every machine that grades."
        )


def _warn_once(log: Any, jail: Jail) -> None:
    for line in _first_time(jail):
        log.warning("STUDENT CODE IS NOT ISOLATED: %s", line)


@cache
def _said() -> set[Jail]:
    return set()


def _first_time(jail: Jail) -> tuple[str, ...]:
    if jail in _said():
        return ()
    _said().add(jail)
    return jail.lines() if jail is not NO_JAIL else jail.missing
