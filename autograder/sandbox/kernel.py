"""The kernel's own process: what is done in it before ipykernel runs, and ipykernel.

Output is cut here, where it is made: a message that was sent has to be
received. Student code can undo that, so the runner has limits of its own.
"""

from __future__ import annotations

import codecs
import os
import select
import signal
import socket
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from ipykernel import ipkernel
from ipykernel.compiler import XCachingCompiler
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.profiledir import ProfileDir
from matplotlib_inline import backend_inline
from traitlets import DottedObjectName, Float, Integer, Type
from traitlets.config import Config

from autograder.sandbox.launch import CUT, FIGURES


def close_descriptors(kept: set[int], log: str) -> None:
    """Close whatever came with the fork, except `kept`. The standard ones lead nowhere, but
    stderr to the file `log` until the kernel has one of its own."""
    signal.set_wakeup_fd(-1)  # or a signal would be written into what is opened next
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nowhere, descriptor)
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
    start = 3
    for descriptor in sorted(kept):
        os.closerange(start, descriptor)
        start = descriptor + 1
    os.closerange(start, os.sysconf("SC_OPEN_MAX"))


def settle(folder: str, environment: dict[str, str]) -> None:
    """Into the submission's folder, with an environment that says nothing of the grader's."""
    os.environ.clear()
    os.environ.update(environment)
    os.umask(0o022)
    os.chdir(folder)
    # The zygote's answer would lie outside; DataLoader workers then hang without a word.
    tempfile.tempdir = None


def load_in_one_process() -> None:
    """Let DataLoaders do without worker processes, for those need a /dev/shm.

    Where a kernel has no file tree of its own, the only one is the machine's, and other
    submissions' data would be in it.
    """
    if "torch" not in sys.modules:
        return
    from torch.utils.data import DataLoader

    original = DataLoader._get_iterator

    def without_workers(loader: Any) -> Any:
        loader.num_workers, loader.timeout, loader.prefetch_factor = 0, 0, None
        return original(loader)

    DataLoader._get_iterator = without_workers


def connect_judge(descriptor: int) -> None:
    """Let `chainrule.grade` reach the judge through this socket."""
    from autograder.sandbox import probe

    probe.connect(descriptor)


def _config() -> Config:
    # Nobody will look for yesterday's inputs here; those of the session are kept all the same.
    return Config(HistoryManager={"enabled": False})


def prepare_shell() -> None:
    """Build IPython in the zygote: of a kernel's own start it would be the half."""
    with tempfile.TemporaryDirectory() as folder:
        ZMQInteractiveShell.instance(
            config=_config(),
            profile_dir=ProfileDir(location=folder),
            compiler_class=XCachingCompiler,
        )


def run(connection_file: str, arguments: tuple[str, ...], max_output: int) -> None:
    """Be a kernel. Does not return: the zygote's way out is not the kernel's."""
    try:
        if arguments:  # which may be for the shell
            ZMQInteractiveShell.clear_instance()
        app = KernelApp.instance(
            config=_config(), connection_file=connection_file, max_output=max_output
        )
        app.initialize(list(arguments))
        # ipykernel copies what is written past Python to where stderr led: that may be without end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr._original_stdstream_copy)
        # Done when matplotlib is imported in a kernel; here it was imported before.
        backend_inline._enable_matplotlib_integration()
        app.start()
    except (Exception, SystemExit):
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(0)


PATIENCE = 50
"""Milliseconds that a cell's end waits for what was printed past Python."""


class CappedStream(OutStream):
    """stdout or stderr that takes so many characters a cell, says so once, and then nothing."""

    max_output = 1_000_000

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._reading = threading.Lock()  # from before it is read past Python until it is written
        super().__init__(*arguments, **options)

    def write(self, string: str) -> int | None:
        if not isinstance(string, str):
            raise TypeError(f"write() argument must be str, not {type(string)}")
        cell = self.parent_header.get("msg_id")
        if cell != getattr(self, "_cell", None):
            self._cell, self._left = cell, self.max_output
        if self._left >= 0:
            if len(string) > self._left:
                string_sent = string[: self._left] + CUT
                self._left = -1
            else:
                string_sent = string
                self._left -= len(string)
            super().write(string_sent)
        return len(string)

    def flush(self) -> None:
        # ipykernel asks four times a cell, and each time wakes its other thread and waits for it.
        # What that thread has taken from the buffer goes out before anything it is given now.
        past_python = self._take_what_went_past_python()
        if self._buffers or past_python:
            super().flush()

    def _take_what_went_past_python(self) -> bool:
        """Wait for the thread that reads what C code and child processes write; was there any?"""
        if getattr(self, "_fid", None) is None:
            return False
        for turn in range(PATIENCE):
            if not select.select([self._fid], [], [], 0)[0]:
                # In a fork of the student's there is no such thread, but maybe its lock.
                if self._reading.acquire(timeout=PATIENCE / 1000):
                    self._reading.release()
                return turn > 0
            time.sleep(0.001)
        return True  # more comes in than is taken out: what is here now will do

    def _watch_pipe_fd(self) -> None:
        # ipykernel's own reads 1000 bytes at a time, which takes minutes for a gigabyte.
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        while self._should_watch:
            select.select([self._fid], [], [])
            with self._reading:
                data = os.read(self._fid, 1 << 16)
                if not data:
                    return
                self.write(decoder.decode(data))


class CappedKernel(IPythonKernel):
    """A kernel whose replies are short: a runner drops what is too long, and waits for it."""

    def __init__(self, **options: Any) -> None:
        with _few_modules():
            super().__init__(**options)
        self.shell.parent = self.shell.kernel = self  # of a prepared one, nobody's yet
        self.shell.profile_dir = self.profile_dir

    # ipykernel's half a millisecond a cell, in the hope that what was printed goes out before the
    # reply. Our runner waits for the status "idle", which comes after it on the same socket.
    _execute_sleep = Float(0.0)

    # What a runner asked for and that it runs now, the runner knows. Of what is sent and received
    # for a short cell that was half, and sending is most of what such a cell costs.
    def _publish_execute_input(self, *_: Any) -> None:
        pass

    def _publish_status(self, status: str, *arguments: Any, **options: Any) -> None:
        if status != "busy":
            super()._publish_status(status, *arguments, **options)

    async def do_execute(self, *arguments: Any, **options: Any) -> dict:
        reply = await super().do_execute(*arguments, **options)
        if reply["status"] == "error":
            most = KernelApp.instance().max_output
            reply["evalue"] = _short(reply["evalue"], most)
            if sum(map(len, reply["traceback"])) > most:
                reply["traceback"] = [f"{reply['ename']}: {_short(reply['evalue'], 1000)}"]
        return reply


@contextmanager
def _few_modules() -> Iterator[None]:
    """Keep ipykernel from listing all modules for a debugger that is not there.

    To count a reference to each of torch's two thousand, a kernel had to copy the page it is on.
    """
    ipkernel.sys = SimpleNamespace(**vars(sys) | {"modules": {}})
    try:
        yield
    finally:
        ipkernel.sys = sys


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most] + CUT


def _has_internet_sockets() -> bool:
    try:
        socket.socket(socket.AF_INET).close()
    except OSError:  # where seccomp is the wall around the network
        return False
    return True


class KernelApp(IPKernelApp):
    """IPKernelApp with a limit to what one cell may put out."""

    kernel_class = Type(CappedKernel, klass=IPythonKernel).tag(config=True)
    max_output = Integer(1_000_000)
    outstream_class = DottedObjectName(f"{__name__}.CappedStream").tag(config=True)

    def parse_command_line(self, argv: list[str] | None = None) -> None:
        if argv:  # or building the parser would be most of it
            super().parse_command_line(argv)

    def init_iopub(self, context: Any) -> None:
        if not _has_internet_sockets():
            # By TCP, forked children would hand over what they print; libzmq aborts without it.
            IOPubThread._setup_pipe_in = lambda thread: setattr(thread, "_pipe_flag", False)
        super().init_iopub(context)
        CappedStream.max_output = self.max_output
        self._really_send = self.iopub_thread.send_multipart
        self._left = self.max_output * FIGURES
        self.iopub_thread.send_multipart = self._send_within_limits

    def _send_within_limits(self, parts: list, *arguments: Any, **options: Any) -> None:
        topic = bytes(parts[0])
        if topic.endswith(b"status"):  # how a runner knows that a cell has ended
            self._left = self.max_output * FIGURES
        else:
            size = sum(len(part) for part in parts)
            if size > self._left:
                if self._left > 0:
                    self._left = 0
                    sys.stdout.write(CUT)
                return
            self._left -= size
        self._really_send(parts, *arguments, **options)
