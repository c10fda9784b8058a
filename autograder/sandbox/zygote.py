"""The runner's side of the zygote: one a worker, started on first use."""

from __future__ import annotations

import atexit
import os
import select
import signal
import site
import socket
import subprocess
import sys
import sysconfig
from dataclasses import asdict
from functools import cache
from pathlib import Path

import autograder
import chainrule
from autograder.judge import control
from autograder.sandbox.isolation import Jail, jail_from_dict
from autograder.sandbox.launch import Launch

START_SECONDS = 120.0
"""For the imports of a cold zygote: torch from a network disk takes its time."""

LAUNCH_SECONDS = 20.0

# One thread each, because workers already fill the cores; a fixed hash seed,
# because two runs must agree; inline figures, because an instructor's shell
# may say MPLBACKEND=Agg and lose every one of them.
KERNEL_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "NBGRADER_EXECUTION": "autograde",
    "NUMEXPR_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
}

# For kernels only: with it, chainrule.training loads what was handed in and trains nothing.
GRADING = {"CHAINRULE_GRADING": "1"}


class ZygoteError(Exception):
    """A zygote or a kernel that did not start; the message has what it said."""


class KernelProcess:
    """A running kernel: signals go in, its end comes out."""

    def __init__(self, lifeline: socket.socket, pid: int) -> None:
        self.pid = pid
        """Of the kernel's init; everything the kernel starts is below it."""
        self.exit: int | None = None
        self._lifeline = lifeline

    def poll(self, seconds: float = 0.0) -> int | None:
        """The exit status once the kernel and all it started are gone; waits up to `seconds`."""
        if self.exit is None and select.select([self._lifeline], [], [], seconds)[0]:
            try:
                self.exit = control.receive(self._lifeline)[0]["exit"]
            except control.HungUp:  # the warden itself was killed, and its kernel with it
                self.exit = -signal.SIGKILL
            self._lifeline.close()
        return self.exit

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel's process group; SIGKILL ends all that it started."""
        if self.poll() is None:
            try:
                control.send(self._lifeline, {"signal": int(number)})
            except control.HungUp:
                self.poll()


class Zygote:
    """A warm process that forks jailed kernels. `jail` says what holds them."""

    def __init__(self, preload: tuple[str, ...] = ()) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "autograder.sandbox.zygote_loop"),
                    *(str(theirs.fileno()), *preload),
                ],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                cwd="/",
                env=_environment(),
            )
        ours.settimeout(START_SECONDS)
        try:
            self.jail: Jail = jail_from_dict(control.receive(ours)[0]["ready"])
        except (control.HungUp, TimeoutError) as error:
            self._process.kill()
            self._process.wait()
            ours.close()
            raise ZygoteError("the zygote did not start; see above what it said") from error
        self._runner = ours
        self._owner = os.getpid()

    def launch(self, launch: Launch, judge: socket.socket | None = None) -> KernelProcess:
        """Fork a kernel. `judge` is the end of its judge's channel. ZygoteError if it fails."""
        ours, theirs = socket.socketpair()
        ours.settimeout(LAUNCH_SECONDS)
        descriptors = [theirs.fileno()] + ([] if judge is None else [judge.fileno()])
        try:
            with theirs:
                control.send(self._runner, {"launch": asdict(launch)}, descriptors)
            answer = control.receive(ours)[0]
        except (control.HungUp, TimeoutError) as error:
            ours.close()
            raise ZygoteError(f"the zygote did not start a kernel: {error}") from error
        if "error" in answer:
            ours.close()
            raise ZygoteError(f"the kernel could not be jailed: {answer['error']}")
        ours.settimeout(None)
        return KernelProcess(ours, answer["started"])

    @property
    def is_alive(self) -> bool:
        return self._owner == os.getpid() and self._process.poll() is None

    def close(self) -> None:
        """End the zygote. Kernels end with their lifelines, not with it."""
        if self._owner == os.getpid():
            self._runner.close()
            self._process.wait()


@cache
def _started(preload: tuple[str, ...], process: int) -> Zygote:
    zygote = Zygote(preload)
    atexit.register(zygote.close)
    return zygote


def zygote_of_this_worker(preload: tuple[str, ...] = ()) -> Zygote:
    """This process's zygote, started on first use, and again should it have died."""
    if not _started(preload, os.getpid()).is_alive:
        _started.cache_clear()
    return _started(preload, os.getpid())


def kernel_environment(private: str, extra: dict[str, str] | None = None) -> dict[str, str]:
    """A kernel's whole environment. `private` is its own folder, for its home and caches."""
    home = os.path.join(private, "home")
    return (
        _libraries()
        | KERNEL_ENVIRONMENT
        | GRADING
        | {
            "HOME": home,
            "IPYTHONDIR": os.path.join(home, ".ipython"),
            "JUPYTER_CONFIG_DIR": os.path.join(home, ".jupyter"),
            "LOGNAME": "student",
            "MPLCONFIGDIR": os.path.join(home, ".matplotlib"),
            "PATH": os.pathsep.join((os.path.dirname(sys.executable), "/usr/bin", "/bin")),
            "TMPDIR": os.path.join(private, "tmp"),
            "USER": "student",
            **(extra or {}),
        }
    )


def readable_paths() -> tuple[str, ...]:
    """What any kernel may read: Python, what is installed with it, `chainrule`, the system."""
    python = {sys.prefix, sys.base_prefix, sys.exec_prefix, *sysconfig.get_paths().values()}
    if site.ENABLE_USER_SITE:
        python.add(site.getusersitepackages())
    system = (
        *("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64"),
        *("/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime"),
        "/sys/devices/system/cpu",
    )
    return (*sorted(python), str(Path(chainrule.__file__).resolve().parent), *system)


def hidden_paths() -> tuple[str, ...]:
    """What no kernel may read, wherever it is installed: the instructor's package."""
    return tuple(os.path.realpath(path) for path in autograder.__path__)


def _environment() -> dict[str, str]:
    """The zygote's own: a kernel finds it in /proc/self/environ, so nothing else is in it."""
    cache_folder = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    # matplotlib looks for fonts once, for seconds, and keeps what it found there.
    fonts = os.path.join(cache_folder, "chainrule", "matplotlib")
    path = os.environ.get("PATH", os.defpath)
    return _libraries() | KERNEL_ENVIRONMENT | {"MPLCONFIGDIR": fonts, "HOME": "/", "PATH": path}


def _libraries() -> dict[str, str]:
    """Where this Python's libraries are, if its installation needs to be told."""
    return {k: v for k, v in os.environ.items() if k == "LD_LIBRARY_PATH"}
