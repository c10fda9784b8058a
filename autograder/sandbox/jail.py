"""The jail: what keeps a kernel from everything that is not its own.

Applied by the process to itself, after the fork and before any student byte.
Four walls, each where the machine has it: namespaces (other processes, the
network and other files do not exist), Landlock (files outside cannot be
opened), seccomp (risky system calls are refused) and resource limits.
`probe_here` tries all of them out; `Jail` says which ones hold.
"""

from __future__ import annotations

import json
import os
import resource
import tempfile
from collections.abc import Callable
from dataclasses import asdict, replace

from autograder.sandbox import landlock, namespaces, root, seccomp
from autograder.sandbox.isolation import NO_JAIL, Jail, Limits
from autograder.sandbox.root import Tree
from autograder.sandbox.syscalls import known_machine

_RESERVED = 768 << 20
"""Bytes of addresses that ipykernel's threads set aside for stacks and heaps and never use."""


# --- applying it, in this order ----------------------------------------------


def isolate(jail: Jail, base: str, tree: Tree, user: int, group: int) -> None:
    """First half, in the first process of the new namespaces, which stays privileged."""
    if "network" in jail.namespaces:
        namespaces.raise_loopback()
    if jail.own_root:
        root.build(base, tree, user, group)


def confine(jail: Jail, limits: Limits, tree: Tree, user: int | None) -> None:
    """Second half, in the process that will run student code: no way back from here."""
    _limit(limits)
    with open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")  # a machine short of memory should end this, not the grader
    namespaces.forbid_new_privileges()
    if user is not None:
        namespaces.become(user)
    namespaces.drop_privileges()
    if jail.landlock:
        own_places = ("/tmp", "/dev/shm") if jail.own_root else ()
        readable = ("/",) if jail.own_root else (*_reachable(tree), *_system_files())
        devices = (*root.DEVICES, "/dev/pts", "/dev/ptmx") if jail.own_root else root.DEVICES
        landlock.restrict(readable, (*tree.writable, *own_places), devices)
    if jail.seccomp:
        seccomp.apply_filter(inet="network" in jail.namespaces, feign_ownership=not jail.own_root)


def _limit(limits: Limits) -> None:
    wanted = {
        resource.RLIMIT_AS: _mapped() + _RESERVED + limits.memory,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: limits.cpu,
        resource.RLIMIT_FSIZE: limits.file_size,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_NPROC: limits.processes,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_MEMLOCK: 8 << 20,
    }
    for kind, value in wanted.items():
        _, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        resource.setrlimit(kind, (value, value))


def _mapped() -> int:
    """Bytes of address space in use already: libraries, torch's above all."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * resource.getpagesize()


def _reachable(tree: Tree) -> list[str]:
    """The readable paths taken apart around the hidden ones, which Landlock cannot except."""
    found = []
    for path in {os.path.realpath(path) for path in tree.readable if os.path.exists(path)}:
        found += _without(path, tree.hidden)
    return found


def _without(path: str, hidden: tuple[str, ...]) -> list[str]:
    if any(_within(path, folder) for folder in hidden):
        return []
    if not any(_within(folder, path) for folder in hidden):
        return [path]
    return [
        part
        for entry in os.scandir(path)
        if not entry.is_symlink()
        for part in _without(entry.path, hidden)
    ]


def _within(path: str, folder: str) -> bool:
    return os.path.commonpath((path, folder)) == folder


def _system_files() -> tuple[str, ...]:
    # Not all of /proc: other processes' command lines are anybody's to read.
    own = f"/proc/{os.getpid()}"
    return (own, "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/sys/kernel")


# --- probing -----------------------------------------------------------------


def probe_here() -> Jail:
    """The jail that this machine offers to this user: tries every wall out in a child.

    For a process that has one thread; others ask `isolation.probe_machine`.
    """
    if not known_machine():
        return NO_JAIL
    jail, missing = Jail(), []

    def holds(what: str, trial: Callable[[], None], mapped: bool = False) -> bool:
        trouble = _try(trial, mapped)
        if trouble:
            missing.append(f"{what}: {trouble}")
        return not trouble

    if holds("user namespace", lambda: None, mapped=True):
        for name in ("mount", "pid", "network", "ipc", "uts"):
            if holds(f"{name} namespace", lambda name=name: namespaces.enter((name,)), mapped=True):
                jail = replace(jail, namespaces=(*jail.namespaces, name))
        jail = replace(jail, namespaces=("user", *jail.namespaces))
    if {"mount", "pid"} <= set(jail.namespaces):
        with tempfile.TemporaryDirectory(prefix="chainrule-") as base:
            own_root = holds("own file tree", lambda: _try_root(base), mapped=True)
        jail = replace(jail, own_root=own_root)
        # Python may live where only root can go: another user sees it only in a tree of its own.
        jail = replace(jail, other_user=own_root and os.geteuid() == 0)
    if abi := landlock.version():
        jail = replace(jail, landlock=abi)
    else:
        missing.append("Landlock: this system's kernel does not offer it")
    trial = lambda: seccomp.apply_filter(inet=True, feign_ownership=True)  # noqa: E731
    if holds("seccomp", trial):
        jail = replace(jail, seccomp=True)
    return replace(jail, missing=tuple(missing))


def _try_root(base: str) -> None:
    namespaces.enter(("mount", "pid"))
    child = os.fork()
    if child == 0:
        _report_and_leave(lambda: root.build(base, Tree(("/usr",), ()), 0, 0))
    _, status = os.waitpid(child, 0)
    if status:
        raise OSError("mounts are refused here")


def _try(trial: Callable[[], None], mapped: bool = False) -> str:
    """Run `trial` in a child, in a user namespace if `mapped`; returns what went wrong."""
    ready, mapping, said = os.pipe(), os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        os.close(mapping[1])  # else it would wait for itself

        def run() -> None:
            if mapped:
                namespaces.enter_user_namespace()
                os.write(ready[1], b"r")
                os.read(mapping[0], 1)
            trial()

        _report_and_leave(run, said[1])
    for end in (ready[1], mapping[0], said[1]):
        os.close(end)
    trouble = ""
    if mapped and os.read(ready[0], 1):
        try:
            namespaces.write_user_map(child)
        except OSError as error:
            trouble = str(error)
    os.close(mapping[1])
    with open(said[0], "rb") as file:
        trouble = trouble or file.read().decode(errors="replace")
    os.close(ready[0])
    _, status = os.waitpid(child, 0)
    return trouble or (f"ended with status {status}" if status else "")


def _report_and_leave(action: Callable[[], None], end: int = 2) -> None:
    try:
        action()
    except BaseException as error:
        os.write(end, str(error).encode())
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    print(json.dumps(asdict(probe_here())))
