"""Landlock: a process gives up every file but those under the paths it names.

Needs no privilege. Constants and structures: include/uapi/linux/landlock.h;
what each version of the ABI added: Documentation/userspace-api/landlock.rst.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Iterable

from autograder.sandbox.syscalls import PR_SET_NO_NEW_PRIVS, call, prctl

_EXECUTE = 1 << 0
_WRITE_FILE = 1 << 1
_READ_FILE = 1 << 2
_READ_DIR = 1 << 3
_MAKE_CHAR = 1 << 6
_MAKE_BLOCK = 1 << 11
_REFER = 1 << 13  # ABI 2
_TRUNCATE = 1 << 14  # ABI 3
_IOCTL_DEV = 1 << 15  # ABI 5
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV

_READ = _EXECUTE | _READ_FILE | _READ_DIR

_SCOPE_ABSTRACT_SOCKET = 1 << 0  # ABI 6
_SCOPE_SIGNAL = 1 << 1  # ABI 6
SIGNALS_SINCE = 6
"""The version of the ABI that keeps signals inside."""

_RULE_PATH_BENEATH = 1
_CREATE_RULESET_VERSION = 1


def version() -> int:
    """The version of Landlock's ABI on this machine; 0 if it has none."""
    try:
        return call("landlock_create_ruleset", None, 0, _CREATE_RULESET_VERSION)
    except OSError:  # not built in, not switched on, or refused by a container: none for us
        return 0


def restrict(readable: Iterable[str], writable: Iterable[str], devices: Iterable[str] = ()) -> None:
    """Give up everything but reading under `readable` and all under `writable`, for good.

    `devices` are device files, which may be read, written and controlled. From
    ABI 6 on, signals and abstract UNIX sockets outside are out of reach too.
    Paths that do not exist are left out. OSError if the machine has no Landlock.
    """
    abi = version()
    every = (1 << (16 if abi >= 5 else 15 if abi >= 3 else 14 if abi >= 2 else 13)) - 1
    scoped = _SCOPE_ABSTRACT_SOCKET | _SCOPE_SIGNAL if abi >= SIGNALS_SINCE else 0
    attributes = struct.pack("=QQQ", every, 0, scoped)[: 24 if abi >= 6 else 16 if abi >= 4 else 8]
    ruleset = call("landlock_create_ruleset", attributes, len(attributes), 0)
    try:
        for path in readable:
            _allow(ruleset, path, _READ & every)
        for path in writable:
            _allow(ruleset, path, every & ~_MAKE_CHAR & ~_MAKE_BLOCK & ~_IOCTL_DEV)
        for path in devices:
            rights = _READ_FILE | _READ_DIR | _WRITE_FILE | _TRUNCATE | _IOCTL_DEV
            _allow(ruleset, path, rights & every)
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        call("landlock_restrict_self", ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(handle).st_mode):
            rights &= _FILE_RIGHTS
        rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, handle), 12)
        call("landlock_add_rule", ruleset, _RULE_PATH_BENEATH, rule, 0)
    finally:
        os.close(handle)
