"""System calls that student code may not make: a seccomp filter.

The namespaces and Landlock decide what can be reached; this takes away the
calls by which a hole in the kernel itself is usually found, and the kinds of
sockets that no namespace holds (vsock, for one, talks to a machine's host).
Format of the program: Documentation/userspace-api/seccomp_filter.rst and
include/uapi/linux/{filter,seccomp,audit}.h.
"""

from __future__ import annotations

import ctypes
import errno
import socket
import struct

from autograder.sandbox.syscalls import (
    ARCHITECTURE,
    PR_SET_NO_NEW_PRIVS,
    call,
    number,
    prctl,
)

# name: (x86_64, aarch64). Refused with EPERM.
FORBIDDEN: dict[str, tuple[int | None, int | None]] = {
    "acct": (163, 89),
    "add_key": (248, 217),
    "adjtimex": (159, 171),
    "bpf": (321, 280),
    "chroot": (161, 51),
    "clock_adjtime": (305, 266),
    "clock_settime": (227, 112),
    "delete_module": (176, 106),
    "fanotify_init": (300, 262),
    "finit_module": (313, 273),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "init_module": (175, 105),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "ioperm": (173, None),
    "iopl": (172, None),
    "kcmp": (312, 272),
    "kexec_file_load": (320, 294),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "memfd_create": (319, 279),  # memory that no process has: nobody would count it
    "memfd_secret": (447, 447),
    "modify_ldt": (154, None),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "open_tree": (428, 428),
    "perf_event_open": (298, 241),
    "personality": (135, 92),
    "pidfd_getfd": (438, 438),
    "pivot_root": (155, 41),
    "process_madvise": (440, 440),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "quotactl": (179, 60),
    "reboot": (169, 142),
    "request_key": (249, 218),
    "setdomainname": (171, 162),
    "sethostname": (170, 161),
    "setns": (308, 268),
    "settimeofday": (164, 170),
    "shmget": (29, 194),  # as memfd_create
    "swapoff": (168, 225),
    "swapon": (167, 224),
    "syslog": (103, 116),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
    "vhangup": (153, 58),
}

# Landlock does not hold these, and without a root of its own the kernel's user
# owns the course's files. They answer "done" and do nothing, because copying a
# file with shutil ends in them.
FEIGNED: dict[str, tuple[int | None, int | None]] = {
    "chmod": (90, None),
    "chown": (92, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "fremovexattr": (199, 16),
    "fsetxattr": (190, 7),
    "futimesat": (261, None),
    "lchown": (94, None),
    "lremovexattr": (198, 15),
    "lsetxattr": (189, 6),
    "removexattr": (197, 14),
    "removexattrat": (466, 466),
    "setxattr": (188, 5),
    "setxattrat": (463, 463),
    "utime": (132, None),
    "utimensat": (280, 88),
    "utimes": (235, None),
}

_OTHERS: dict[str, tuple[int | None, int | None]] = {
    "clone": (56, 220),
    "clone3": (435, 435),
    "socket": (41, 198),
    "socketpair": (53, 199),
}

_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32_BIT = 0x40000000
_CLONE_NEW_ANY = 0x7E020080  # every CLONE_NEW… flag: include/uapi/linux/sched.h

_ALLOW = 0x7FFF0000
_KILL_PROCESS = 0x80000000
_ERRNO = 0x00050000

# BPF instructions: include/uapi/linux/bpf_common.h
_LOAD = 0x20  # BPF_LD | BPF_W | BPF_ABS
_RETURN = 0x06  # BPF_RET | BPF_K
_JEQ = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_JGE = 0x35  # BPF_JMP | BPF_JGE | BPF_K
_JSET = 0x45  # BPF_JMP | BPF_JSET | BPF_K
_NUMBER, _ARCH, _ARGUMENT_0 = 0, 4, 16  # offsets in struct seccomp_data, little endian


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def apply_filter(*, inet: bool, feign_ownership: bool) -> None:
    """Install the filter in this process and all its children, for good.

    With `inet` the kernel may open IP sockets (they reach nothing in a network
    namespace); without, only UNIX sockets. `feign_ownership` is for a process
    that shares its user's file tree. OSError if the machine has no seccomp.
    """
    families = [int(socket.AF_UNIX)]
    if inet:
        families += [int(socket.AF_INET), int(socket.AF_INET6), int(socket.AF_NETLINK)]
    code = _assemble(families, feign_ownership)
    program = _Program(len(code) // 8, code)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    call("seccomp", 1, 0, ctypes.byref(program))  # SECCOMP_SET_MODE_FILTER


def _assemble(families: list[int], feign_ownership: bool) -> bytes:
    forbidden = _numbers(FORBIDDEN)
    feigned = _numbers(FEIGNED) if feign_ownership else []
    code = [
        _op(_LOAD, _ARCH),
        _op(_JEQ, _AUDIT_ARCH[ARCHITECTURE], yes=1),
        _op(_RETURN, _KILL_PROCESS),  # a 32-bit program: other numbers, other calls
        _op(_LOAD, _NUMBER),
    ]
    if ARCHITECTURE == "x86_64":
        code += [_op(_JGE, _X32_BIT, no=1), _op(_RETURN, _ERRNO | errno.ENOSYS)]
    for call_number in forbidden:
        code += [_op(_JEQ, call_number, no=1), _op(_RETURN, _ERRNO | errno.EPERM)]
    for call_number in feigned:
        code += [_op(_JEQ, call_number, no=1), _op(_RETURN, _ERRNO)]
    # clone3 takes its flags by pointer, which a filter cannot read; libc falls back to clone.
    code += [
        _op(_JEQ, number("clone3", _OTHERS), no=1),
        _op(_RETURN, _ERRNO | errno.ENOSYS),
        _op(_JEQ, number("clone", _OTHERS), no=4),
        _op(_LOAD, _ARGUMENT_0),
        _op(_JSET, _CLONE_NEW_ANY, no=1),
        _op(_RETURN, _ERRNO | errno.EPERM),
        _op(_RETURN, _ALLOW),
        # Both socket calls: the family is their first argument.
        _op(_JEQ, number("socket", _OTHERS), yes=1),
        _op(_JEQ, number("socketpair", _OTHERS), no=len(families) + 2),
        _op(_LOAD, _ARGUMENT_0),
    ]
    for index, family in enumerate(families):
        code.append(_op(_JEQ, family, yes=len(families) - index))
    # EAFNOSUPPORT is what programs expect from a machine without that protocol.
    code += [_op(_RETURN, _ERRNO | errno.EAFNOSUPPORT), _op(_RETURN, _ALLOW)]
    return b"".join(code)


def _numbers(table: dict[str, tuple[int | None, int | None]]) -> list[int]:
    return [found for name in table if (found := number(name, table)) is not None]


def _op(code: int, operand: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, operand)
