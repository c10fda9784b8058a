"""What surrounds a kernel: its environment, and the paths that it may or may not read."""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from pathlib import Path

import autograder
import chainrule

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


def zygote_environment() -> dict[str, str]:
    """The zygote's own: a kernel finds it in /proc/self/environ, so nothing else is in it."""
    cache_folder = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    # matplotlib looks for fonts once, for seconds, and keeps what it found there.
    fonts = os.path.join(cache_folder, "chainrule", "matplotlib")
    path = os.environ.get("PATH", os.defpath)
    return _libraries() | KERNEL_ENVIRONMENT | {"MPLCONFIGDIR": fonts, "HOME": "/", "PATH": path}


def _libraries() -> dict[str, str]:
    """Where this Python's libraries are, if its installation needs to be told."""
    return {k: v for k, v in os.environ.items() if k == "LD_LIBRARY_PATH"}
