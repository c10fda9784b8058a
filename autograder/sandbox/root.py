"""A file tree of its own for a kernel: only what it may use exists in it.

Landlock refuses what is outside its paths, but does not hide it, and lets
sockets in the file tree be reached and owners and modes be changed. In a mount
namespace a new root is built instead, from copies of single mounts: open_tree(2),
mount_setattr(2), move_mount(2), pivot_root(2).
"""

from __future__ import annotations

import os
import stat
import struct
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox.syscalls import (
    AT_EMPTY_PATH,
    AT_FDCWD,
    AT_RECURSIVE,
    call,
    mount,
    umount,
)

# include/uapi/linux/mount.h
_MS_NOSUID, _MS_NODEV, _MS_NOEXEC = 2, 4, 8
_MS_PRIVATE, _MS_REC = 1 << 18, 1 << 14
_MNT_DETACH = 2
_OPEN_TREE_CLONE = 1
_MOVE_MOUNT_F_EMPTY_PATH = 4
_ATTR_RDONLY, _ATTR_NOSUID, _ATTR_NODEV = 1, 2, 4

DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Tree:
    """What is in a kernel's file tree.

    `hidden` folders are empty in it, wherever they lie. `scratch` and `shared`
    are the megabytes that /tmp and /dev/shm may hold, both of them memory.
    """

    readable: tuple[str, ...]
    writable: tuple[str, ...]
    hidden: tuple[str, ...] = ()
    scratch: int = 64
    shared: int = 512


def build(base: str, tree: Tree, user: int, group: int) -> None:
    """Make `tree` this process's root; `base` is an empty folder to build it on.

    Needs a mount and a process namespace of its own, and the privileges of its
    user namespace. `user` and `group` get names in it. OSError if a step is refused.
    """
    mount("", "/", "", _MS_PRIVATE | _MS_REC)
    copies = []
    for path in _outermost(tree.readable):
        copies.append((path, _copy(path, _ATTR_RDONLY | _ATTR_NOSUID | _ATTR_NODEV)))
    for path in DEVICES:
        copies.append((path, _copy(path, _ATTR_NOSUID)))
    for path in tree.writable:
        copies.append((path, _copy(path, _ATTR_NOSUID | _ATTR_NODEV)))

    options = f"mode=755,size={tree.scratch * _MEGABYTE}"
    mount("tmpfs", base, "tmpfs", _MS_NOSUID | _MS_NODEV, options)
    for path in ("/bin", "/sbin", "/lib", "/lib32", "/lib64"):
        if os.path.islink(path):  # into /usr, on most systems
            os.symlink(os.readlink(path), base + path)
    for path, handle in copies:
        _place(handle, base + path)
    for link in tree.readable:
        _link(base, link)
    _own_files(base, tree, user, group)

    os.chdir(base)
    call("pivot_root", b".", b".")
    umount(".", _MNT_DETACH)
    os.chdir("/")


def _own_files(base: str, tree: Tree, user: int, group: int) -> None:
    """/proc, /dev, /tmp and the few lines of /etc that programs ask for."""
    for folder, mode in (("/tmp", 0o1777), ("/dev/shm", 0o1777), ("/dev/pts", 0o755)):
        os.makedirs(base + folder, exist_ok=True)
        os.chmod(base + folder, mode)
    os.makedirs(base + "/proc")
    mount("proc", base + "/proc", "proc", _MS_NOSUID | _MS_NODEV | _MS_NOEXEC)
    size = f"mode=1777,size={tree.shared * _MEGABYTE}"
    mount("tmpfs", base + "/dev/shm", "tmpfs", _MS_NOSUID | _MS_NODEV, size)
    # `!command` in a cell runs it on a terminal.
    mount("devpts", base + "/dev/pts", "devpts", _MS_NOSUID, "newinstance,ptmxmode=0666,mode=620")
    os.symlink("pts/ptmx", base + "/dev/ptmx")
    for name, target in (("fd", "fd"), ("stdin", "fd/0"), ("stdout", "fd/1"), ("stderr", "fd/2")):
        os.symlink(f"/proc/self/{target}", f"{base}/dev/{name}")
    os.makedirs(base + "/etc", exist_ok=True)
    Path(base, "etc/passwd").write_text(f"student:x:{user}:{group}::/tmp:/bin/sh\n")
    Path(base, "etc/group").write_text(f"student:x:{group}:\n")
    for folder in tree.hidden:
        if os.path.isdir(base + folder):
            mount("tmpfs", base + folder, "tmpfs", _MS_NOSUID | _MS_NODEV, "mode=755,size=4k")


def _copy(path: str, attributes: int) -> int:
    """A descriptor of a copy of the mounts at `path`, with `attributes` set."""
    flags = _OPEN_TREE_CLONE | os.O_CLOEXEC | AT_RECURSIVE
    handle = call("open_tree", AT_FDCWD, os.fsencode(path), flags)
    wanted = struct.pack("=QQQQ", attributes, 0, 0, 0)
    call("mount_setattr", handle, b"", AT_EMPTY_PATH | AT_RECURSIVE, wanted, len(wanted))
    return handle


def _place(handle: int, target: str) -> None:
    """Put a copy at `target`, which is made if it is not there."""
    if not os.path.lexists(target):
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            os.makedirs(target)
        else:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o644))
    call("move_mount", handle, b"", AT_FDCWD, os.fsencode(target), _MOVE_MOUNT_F_EMPTY_PATH)
    os.close(handle)


def _outermost(paths: tuple[str, ...]) -> list[str]:
    """Real paths that exist, without those that lie in another of them."""
    kept: list[str] = []
    for path in sorted({os.path.realpath(path) for path in paths if os.path.exists(path)}):
        if not kept or os.path.commonpath((kept[-1], path)) != kept[-1]:
            kept.append(path)
    return kept


def _link(base: str, path: str) -> None:
    """A path that leads through a link to its real place does so here too."""
    real = os.path.realpath(path)
    if real != path and os.path.exists(path) and not os.path.lexists(base + path):
        os.makedirs(os.path.dirname(base + path), exist_ok=True)
        os.symlink(real, base + path)
