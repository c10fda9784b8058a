"""Linux system calls that Python's `os` does not have, made through ctypes.

Numbers: arch/x86/entry/syscalls/syscall_64.tbl for x86-64 and
include/uapi/asm-generic/unistd.h for aarch64, in the Linux source.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys

ARCHITECTURE = {"x86_64": "x86_64", "aarch64": "aarch64", "arm64": "aarch64"}.get(
    platform.machine()
)

# name: (x86_64, aarch64); None where an architecture lacks the call
NUMBERS: dict[str, tuple[int | None, int | None]] = {
    "pivot_root": (155, 41),
    "mount_setattr": (442, 442),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "landlock_create_ruleset": (444, 444),
    "landlock_add_rule": (445, 445),
    "landlock_restrict_self": (446, 446),
    "seccomp": (317, 277),
    "capset": (126, 91),
}

AT_FDCWD = -100
AT_RECURSIVE = 0x8000
AT_EMPTY_PATH = 0x1000

# include/uapi/linux/prctl.h
PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
PR_SET_CHILD_SUBREAPER = 36
PR_CAPBSET_DROP = 24

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def known_machine() -> bool:
    """Whether the numbers of this module are those of this machine."""
    return sys.platform == "linux" and ARCHITECTURE is not None and sys.maxsize > 2**32


def number(name: str, table: dict[str, tuple[int | None, int | None]] = NUMBERS) -> int | None:
    """The number of a call on this machine; None if it has none."""
    return table[name][0 if ARCHITECTURE == "x86_64" else 1]


def call(name: str, *arguments: object) -> int:
    """Make a call by name. OSError if it fails; the message names the call."""
    converted = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = _libc.syscall(ctypes.c_long(number(name)), *converted)
    return _checked(result, name)


def prctl(option: int, argument: int = 0) -> int:
    """prctl(2) with one argument."""
    return _checked(_libc.prctl(option, ctypes.c_ulong(argument), 0, 0, 0), f"prctl {option}")


def unshare(flags: int) -> None:
    """unshare(2): leave the namespaces named by CLONE_NEW… flags for new ones."""
    _checked(_libc.unshare(flags), f"unshare {flags:#x}")


def mount(source: str, target: str, kind: str, flags: int = 0, options: str = "") -> None:
    """mount(2)."""
    result = _libc.mount(
        source.encode(),
        os.fsencode(target),
        kind.encode() or None,
        ctypes.c_ulong(flags),
        options.encode() or None,
    )
    _checked(result, f"mount {kind} on {target}")


def umount(target: str, flags: int = 0) -> None:
    """umount2(2)."""
    _checked(_libc.umount2(os.fsencode(target), flags), f"umount {target}")


def madvise(address: int, size: int, advice: int) -> None:
    """madvise(2) on `size` bytes from `address`; both are multiples of a page."""
    result = _libc.madvise(ctypes.c_void_p(address), ctypes.c_size_t(size), advice)
    _checked(result, f"madvise {advice}")


def _checked(result: int, what: str) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")
    return result
