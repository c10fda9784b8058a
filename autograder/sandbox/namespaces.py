"""Linux namespaces of its own for a kernel: users, processes, network, mounts.

A user namespace needs no privilege, and in it a process may make the others:
user_namespaces(7), pid_namespaces(7), network_namespaces(7).
"""

from __future__ import annotations

import fcntl
import os
import socket
import struct
from pathlib import Path

from autograder.sandbox.syscalls import (
    PR_CAPBSET_DROP,
    PR_SET_DUMPABLE,
    PR_SET_NO_NEW_PRIVS,
    call,
    prctl,
    unshare,
)

# include/uapi/linux/sched.h
FLAGS = {
    "user": 0x10000000,
    "mount": 0x00020000,
    "pid": 0x20000000,
    "network": 0x40000000,
    "ipc": 0x08000000,
    "uts": 0x04000000,
}

# systemd hands these out to services for as long as they run, so nobody owns files by them.
SPARE_USERS = range(61184, 65520)

# include/uapi/linux/sockios.h, include/uapi/linux/if.h
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 0x1


def enter_user_namespace() -> None:
    """Into a user namespace of its own; `write_user_map` must follow from outside."""
    unshare(FLAGS["user"])


def write_user_map(process: int) -> None:
    """Say which users the namespace of `process` knows.

    Root maps every user it knows, so that the process can become another one;
    anybody else only themselves, which is all that the system lets them.
    """
    folder = Path("/proc", str(process))
    if os.geteuid() == 0:
        for kind in ("uid_map", "gid_map"):
            known = Path("/proc/self", kind).read_text().split("\n")
            lines = [f"{inside} {inside} {count}" for inside, _, count in _columns(known)]
            (folder / kind).write_text("\n".join(lines) + "\n")
        return
    (folder / "setgroups").write_text("deny")  # else the system refuses a group map
    (folder / "uid_map").write_text(f"{os.geteuid()} {os.geteuid()} 1\n")
    (folder / "gid_map").write_text(f"{os.getegid()} {os.getegid()} 1\n")


def _columns(lines: list[str]) -> list[list[str]]:
    return [line.split() for line in lines if line.strip()]


def enter(names: tuple[str, ...]) -> None:
    """Into new namespaces of the other kinds. Only children see a new process namespace."""
    flags = 0
    for name in names:
        if name != "user":
            flags |= FLAGS[name]
    if flags:
        unshare(flags)


def raise_loopback() -> None:
    """Switch on 127.0.0.1 in a new network namespace: forked children print through it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as handle:
        request = struct.pack("16sH14x", b"lo", 0)
        flags = struct.unpack_from("16sH", fcntl.ioctl(handle, _SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(handle, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", flags | _IFF_UP))


def spare_user(process: int) -> int | None:
    """A user for the kernel of `process` to become when it starts as root, else None."""
    if os.geteuid() != 0:
        return None
    return SPARE_USERS[process % len(SPARE_USERS)]


def become(user: int) -> None:
    """Turn from root into `user`, who owns nothing, and its group of the same number."""
    os.setgroups([])  # and no group of root's
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def forbid_new_privileges() -> None:
    """No program that is run from now on gives a privilege back. Needs them to be there still."""
    last = int(Path("/proc/sys/kernel/cap_last_cap").read_text())
    for capability in range(last + 1):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except PermissionError:  # an ordinary user outside a namespace has none to drop
            break
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def drop_privileges() -> None:
    """Give up every privilege that this process has."""
    # include/uapi/linux/capability.h: version 3, three empty sets of 64 bits.
    header = struct.pack("=Ii", 0x20080522, 0)
    call("capset", header, struct.pack("=6I", *([0] * 6)))
    # Becoming another user has closed /proc/self to that user.
    prctl(PR_SET_DUMPABLE, 1)
