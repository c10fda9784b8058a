"""Runs a command as a container of Docker's does: root without the privileges that make walls.

    python container.py COMMAND...

It has the capabilities that Docker leaves to root, may make no namespace and mount nothing
(both as with Docker's own seccomp profile), and, as on a host older than Linux 5.13, there is
no Landlock. Sources: docs.docker.com/engine/containers/run/ ("Runtime privilege and Linux
capabilities") and docs.docker.com/engine/security/seccomp/.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys
from pathlib import Path

from autograder.sandbox import seccomp
from autograder.sandbox.syscalls import ARCHITECTURE, NUMBERS, PR_CAPBSET_DROP, call, number, prctl

# include/uapi/linux/capability.h: chown, dac_override, fowner, fsetid, kill, setgid, setuid,
# setpcap, net_bind_service, net_raw, sys_chroot, mknod, audit_write, setfcap
CAPABILITIES = (0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31)

REFUSED = (
    *("unshare", "setns", "mount", "umount2", "pivot_root", "open_tree", "move_mount"),
    *("mount_setattr", "fsopen", "fsmount", "fsconfig", "fspick", "ptrace", "bpf"),
)
ABSENT = ("landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self")


def enter() -> None:
    """Make this process one of a container; it stays one, and so do its children."""
    _refuse_calls()
    for capability in range(int(Path("/proc/sys/kernel/cap_last_cap").read_text()) + 1):
        if capability not in CAPABILITIES:
            prctl(PR_CAPBSET_DROP, capability)
    mask = sum(1 << capability for capability in CAPABILITIES)
    header = struct.pack("=Ii", 0x20080522, 0)
    call("capset", header, struct.pack("=6I", mask, mask, 0, 0, 0, 0))


def _refuse_calls() -> None:
    op = seccomp._op
    code = [op(seccomp._LOAD, seccomp._NUMBER)]
    tables = (
        (REFUSED, seccomp.FORBIDDEN, errno.EPERM),
        (ABSENT, NUMBERS, errno.ENOSYS),
        (("clone3",), seccomp._OTHERS, errno.ENOSYS),
    )
    for names, table, error in tables:
        for name in names:
            code.append(op(seccomp._JEQ, number(name, table), no=1))
            code.append(op(seccomp._RETURN, seccomp._ERRNO | error))
    code += [
        op(seccomp._JEQ, number("clone", seccomp._OTHERS), no=3),
        op(seccomp._LOAD, seccomp._ARGUMENT_0),
        op(seccomp._JSET, seccomp._CLONE_NEW_ANY, no=1),
        op(seccomp._RETURN, seccomp._ERRNO | errno.EPERM),
        op(seccomp._RETURN, seccomp._ALLOW),
    ]
    packed = b"".join(code)
    program = seccomp._Program(len(packed) // 8, packed)
    call("seccomp", 1, 0, ctypes.byref(program))


def possible() -> bool:
    """Whether this process may do so: as root, on a machine whose calls are known."""
    return sys.platform == "linux" and ARCHITECTURE is not None and os.geteuid() == 0


if __name__ == "__main__":
    enter()
    os.execvp(sys.argv[1], sys.argv[1:])
