"""The zygote: a process that has imported what notebooks import, and forks kernels.

`python -m autograder.sandbox.zygote_loop FD`, where FD is the end of a line
that all runners hold. It has one thread, holds no secret and never imports the
checks: whatever is in its memory is in every kernel's. What wants more modules
gets its kernels from a zygote with those, forked from this one when first
asked for.

    runner → zygote   a packet with {"launch"} or {"jail"}, perhaps {"preload": modules}, and
                      with it a lifeline [+ judge channel]; or {"prepare"} with {"preload"} alone
    lifeline          {"jail": …}, or {"started": pid} or {"error"}, then {"exit": status};
                      towards the kernel {"signal": number}. Closing it ends the kernel.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import io
import os
import select
import signal
import socket
import string
import sys
import warnings
from contextlib import suppress
from dataclasses import asdict

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.mathtext import MathTextParser

from autograder.judge import control
from autograder.sandbox import huge_pages, jail, kernel, namespaces
from autograder.sandbox.isolation import Jail
from autograder.sandbox.launch import Launch
from autograder.sandbox.preload import ALWAYS
from autograder.sandbox.warden import become_kernel
from chainrule import Worksheet
from chainrule.worksheets.marks import Run, width_of

FEW = 3
"""Kernels of one submission, which do without huge pages. To make these takes a second with torch,
and the memory once more for as long as those kernels live."""


def main(descriptor: int) -> Launch:
    """Serve until every runner has hung up. Returns in kernels only."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.path[0] in ("", os.getcwd()):  # where `python -m` was started
        del sys.path[0]
    _import(ALWAYS)
    _draw_once()
    kernel.prepare_shell()
    _settle(ALWAYS)
    return _serve(socket.socket(fileno=descriptor), jail.probe_here())


def _settle(imported: tuple[str, ...]) -> None:
    """Make this process ready to be forked again and again."""
    threads = os.listdir("/proc/self/task")
    if len(threads) > 1:
        raise SystemExit(
            f"The zygote has {len(threads)} threads after its imports, so it cannot be forked. "
            f"Take modules that start threads out of Sandbox.preload: {list(imported)}"
        )
    gc.freeze()  # so that collections in a kernel leave the shared pages alone


def _import(modules: tuple[str, ...]) -> None:
    # A debugger would have nobody to talk to, and costs every kernel 0.1 s.
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    gc.disable()  # what is imported stays: to look for what does not took a quarter of the time
    for name in modules:
        if importlib.util.find_spec(name.partition(".")[0]) is None:
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # nobody's notebook has asked for it yet
            try:
                importlib.import_module(name)
            except ModuleNotFoundError:  # another version does not have it, or torch is missing
                continue
            except Exception as error:  # a torchvision of another torch: who needs it will see
                print(f"zygote: `import {name}` fails: {error}", file=sys.stderr)
    gc.freeze()  # next to nothing of it is garbage, and to look for that takes half a second
    gc.enable()
    del sys.modules["debugpy"]


def _draw_once() -> None:
    """Find the fonts and build the parser of formulas, which every kernel's first figure needs."""
    figure = Figure(layout="constrained")
    axes = figure.add_subplot(xscale="log", xlabel="$x_1$", ylabel=r"$\sigma(z)$", title="title")
    axes.plot([1, 10], [1, 10], label=r"$\frac{1}{2}$")
    axes.legend()
    FigureCanvasAgg(figure).print_png(io.BytesIO())
    sheet = Worksheet("f")
    sheet.exp(sheet.input("x_1"), name="e")
    sheet.write_values(x_1=0.5)
    sheet.write_gradients(x_1=1.88e-12)
    sheet.svg()
    characters = string.digits + string.ascii_letters + string.punctuation + " αβγδεηθλσφψω∂∑√−·×ŷ"
    width_of((Run(characters), Run(characters, italic=True)), 1.0)
    # matplotlib keeps formulas, they keep their fonts, and those the files they come from. A kernel
    # closes all files at its start; let go of there, a font would close what has the number then.
    # Fonts that matplotlib keeps by themselves it drops at a fork.
    MathTextParser._parse_cached.cache_clear()


def _serve(line: socket.socket, own_jail: Jail) -> Launch:
    others: dict[tuple[str, ...], socket.socket] = {}  # to zygotes with more in them
    forks, compact = 0, False
    while True:
        if forks >= FEW and not compact and not select.select([line], [], [], 0)[0]:
            huge_pages.collapse()
            compact = True
        try:
            request, descriptors = control.take(line)
        except control.HungUp:
            os._exit(0)
        with suppress(ChildProcessError):  # wardens that are through
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if modules := tuple(request.pop("preload", ())):
            if not _passed_on(request, descriptors, others.get(modules)):
                here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
                if os.fork() == 0:
                    for inherited in (line, here, *others.values()):
                        inherited.close()
                    line, others, forks, compact = there, {}, 0, False
                    _import(modules)
                    _settle(modules)
                else:
                    there.close()
                    others[modules] = here
                    _passed_on(request, descriptors, here)
        elif "launch" in request:
            launch = Launch.from_dict(request["launch"])
            forks += 1
            if _fork((line, *others.values()), own_jail, launch, descriptors):
                return launch
        elif "jail" in request:
            with socket.socket(fileno=descriptors.pop()) as lifeline, suppress(control.HungUp):
                control.send(lifeline, {"jail": asdict(own_jail)})
        for descriptor in descriptors:
            os.close(descriptor)


def _passed_on(request: dict, descriptors: list[int], other: socket.socket | None) -> bool:
    """Give a request to another zygote, if there is one and it lives."""
    try:
        if other is not None:
            control.post(other, request, descriptors)
    except control.HungUp:
        return False
    return other is not None


def _fork(
    lines: tuple[socket.socket, ...], own_jail: Jail, launch: Launch, descriptors: list[int]
) -> bool:
    """Fork a warden; returns whether this is the kernel."""
    asks, answers = socket.socketpair()
    warden = os.fork()
    if warden == 0:
        for line in lines:
            line.close()
        asks.close()

        def mapped() -> None:
            answers.send(b"?")
            if answers.recv(1) != b"!":
                raise OSError("the zygote could not map the users of a namespace")
            answers.close()

        lifeline = socket.socket(fileno=descriptors[0])
        judge = descriptors[1] if len(descriptors) > 1 else None
        become_kernel(launch, own_jail, lifeline, judge, mapped)
        return True
    answers.close()
    with asks:
        if "user" in own_jail.namespaces and asks.recv(1):
            try:
                namespaces.write_user_map(warden)
            except OSError as error:
                print(f"zygote: {error}", file=sys.stderr)
            else:
                asks.send(b"!")
    return False


if __name__ == "__main__":
    launch = main(int(sys.argv[1]))
    kernel.run(launch.connection_file, launch.arguments, launch.max_output)
