"""From the zygote's fork to the kernel: three processes, the last of which is jailed.

    warden   keeps the lifeline to the runner; ends the kernel when told, or when that breaks
    init     the first process of the kernel's namespaces; with it goes everything in them
    kernel   the student's, with all walls up

The warden and init run no student code. What the kernel starts cannot outlive
init: the system itself ends a process namespace with its first process.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from autograder.judge import control
from autograder.sandbox import kernel, namespaces
from autograder.sandbox.isolation import Jail
from autograder.sandbox.jail import confine, isolate
from autograder.sandbox.launch import LOG, Launch
from autograder.sandbox.repeatable import make_repeatable
from autograder.sandbox.syscalls import PR_SET_CHILD_SUBREAPER, PR_SET_PDEATHSIG, prctl
from autograder.sandbox.usage import MAX_DEPTH

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW

_FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGUSR1, signal.SIGUSR2)


def become_kernel(
    launch: Launch,
    jail: Jail,
    lifeline: socket.socket,
    judge: int | None,
    mapped: Callable[[], None],
) -> None:
    """Run warden and init, which do not return, and the kernel's process, which does.

    `mapped` is called once in the warden's new user namespace, to wait until
    its users are mapped from outside.
    """
    said, tell = os.pipe()
    try:
        os.setsid()  # Ctrl-C on the instructor's terminal is the runner's to handle
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if "user" in jail.namespaces:
            namespaces.enter_user_namespace()
            mapped()
        prctl(PR_SET_CHILD_SUBREAPER, 1)
        namespaces.enter(jail.namespaces)
        init = os.fork()
    except BaseException as error:
        _give_up(lifeline, f"{type(error).__name__}: {error}")
    if init:
        os.close(tell)
        if judge is not None:
            os.close(judge)
        _guard(init, said, lifeline)
    lifeline.close()
    os.close(said)
    try:
        child = _start(launch, jail, judge, tell)
        if not child:
            return
        os.close(tell)
        if judge is not None:
            os.close(judge)
        _reap(child)
    except BaseException:
        os.write(tell, traceback.format_exc().encode())
        os._exit(1)


# --- the warden --------------------------------------------------------------


def _guard(init: int, said: int, lifeline: socket.socket) -> None:
    """Watch over init until it is gone, and say so on the lifeline. Does not return."""
    with open(said, "rb") as file:
        trouble = file.read().decode(errors="replace")
    handle = os.pidfd_open(init)
    if not trouble:
        _tell(lifeline, {"started": init})
    else:
        os.kill(init, signal.SIGKILL)
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    poll.register(lifeline, select.POLLIN)
    ended = False
    while not ended:
        for descriptor, _ in poll.poll():
            if descriptor == handle:
                ended = True
            else:
                _obey(lifeline, init, poll)
    status = os.waitstatus_to_exitcode(os.waitpid(init, 0)[1])
    _end_children()
    if trouble:
        _give_up(lifeline, trouble)
    _tell(lifeline, {"exit": status})
    os._exit(0)


def _obey(lifeline: socket.socket, init: int, poll: select.poll) -> None:
    try:
        wanted = control.receive(lifeline)[0]["signal"]
    except control.HungUp:  # the runner is gone, and nobody else will end this kernel
        poll.unregister(lifeline)
        wanted = signal.SIGKILL
    # Not reaped yet, so the number is still its own.
    os.kill(init, wanted)


def _give_up(lifeline: socket.socket, trouble: str) -> None:
    _tell(lifeline, {"error": trouble})
    os._exit(1)


def _tell(lifeline: socket.socket, message: dict) -> None:
    with suppress(control.HungUp):  # then nobody is left who wants to know
        control.send(lifeline, message)


def _end_children() -> None:
    """End what a kernel left behind where no process namespace did."""
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            for child in _children():
                os.kill(child, signal.SIGKILL)
            os.waitpid(-1, 0)


def _children() -> list[int]:
    me = os.getpid()  # and its only thread
    return [int(pid) for pid in Path(f"/proc/{me}/task/{me}/children").read_text().split()]


# --- init --------------------------------------------------------------------


def _start(launch: Launch, jail: Jail, judge: int | None, tell: int) -> int:
    """Build the kernel's surroundings and fork it; returns 0 in the kernel, ready to run."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    outside = int(Path(launch.private).stat().st_ino)  # differs from kernel to kernel
    wanted = jail.other_user or launch.other_user
    user = namespaces.spare_user(outside) if wanted else None
    if user is not None:
        _hand_over(launch, user)
    owner, group = (os.geteuid(), os.getegid()) if user is None else (user, user)
    isolate(jail, os.path.join(launch.private, "root"), launch.tree, owner, group)
    child = os.fork()
    if child:
        _forward_signals(child)
        return child
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    kept = {tell} if judge is None else {tell, judge}
    kernel.close_descriptors(kept, os.path.join(launch.private, LOG))
    kernel.settle(launch.folder, launch.environment)
    confine(jail, launch.limits, launch.tree, user)
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # once more: becoming another user undid it
    make_repeatable(launch.seed)
    if jail.landlock and not jail.own_root:
        kernel.load_in_one_process()
    if judge is not None:
        kernel.connect_judge(judge)
    os.close(tell)
    return 0


def _hand_over(launch: Launch, user: int) -> None:
    """Give the submission's files to the user that its kernel runs as."""
    for top in (launch.folder, launch.private):
        os.chown(top, user, user, follow_symlinks=False)
        _give(os.open(top, _FOLDER), user, MAX_DEPTH)


def _give(folder: int, user: int, levels: int) -> None:
    """Give what lies in an open folder, which is closed then. What lies deeper than any kernel
    may dig stays whose it was; a path to it would be too long for the system."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                os.chown(entry.name, user, user, dir_fd=folder, follow_symlinks=False)
                if levels and entry.is_dir(follow_symlinks=False):
                    _give(os.open(entry.name, _FOLDER, dir_fd=folder), user, levels - 1)
    finally:
        os.close(folder)


def _forward_signals(child: int) -> None:
    def forward(number: int, _: object) -> None:
        with suppress(ProcessLookupError):  # it has just ended
            os.killpg(child, number)

    for number in _FORWARDED:
        signal.signal(number, forward)


def _reap(child: int) -> None:
    """Collect the dead until the kernel is one of them; does not return."""
    while True:
        pid, status = os.waitpid(-1, 0)
        if pid == child:
            code = os.waitstatus_to_exitcode(status)
            os._exit(code if code >= 0 else 128 - code)  # as a shell says which signal it was
