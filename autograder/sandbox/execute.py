"""`ExecuteAll`: runs a notebook so that one bad cell costs only itself.

nbgrader's own preprocessor gives the whole submission up when a kernel dies,
or when a loop cannot be interrupted. This one writes an error into that cell,
starts a fresh kernel, runs the finished cells again in silence (their outputs
stay as they were), leaves the guilty cell out and goes on. Kernels come jailed
from the zygote; where a machine cannot isolate them, `Sandbox` decides.
"""

from __future__ import annotations

import asyncio
import copy
import os
import signal
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from queue import Empty
from subprocess import DEVNULL
from typing import Any

import zmq
from jupyter_core.utils import run_sync
from nbclient.exceptions import CellExecutionComplete, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute
from traitlets import Bool, Integer, Unicode

from autograder.judge.seeds import course_secret, submission_key
from autograder.sandbox.court import Court, asks_for_checks
from autograder.sandbox.isolation import NO_JAIL, Jail
from autograder.sandbox.judging import judge_of_this_worker
from autograder.sandbox.launch import CUT, FIGURES
from autograder.sandbox.provisioner import ZygoteProvisioner
from autograder.sandbox.settings import Sandbox
from autograder.sandbox.zygote import KERNEL_ENVIRONMENT

# Where a code cell says how its run went: {"status", "reason", "seconds"}.
RUN = "chainrule_run"

RAN = "ran"
FAILED = "failed"
TIMED_OUT = "timed out"
KERNEL_DIED = "kernel died"
NOT_RUN = "not run"

_LOOK_SECONDS = 0.1
"""Between two looks at what a running cell uses, and whether its kernel lives."""

_READY_SECONDS = 0.2
"""For a kernel's first message on the output channel, once it answers on the other."""


class ExecuteAll(Execute):
    """nbgrader's Execute, with a deadline that holds and kernels that may die."""

    notebook_timeout = Integer(
        600,
        help="Seconds for a whole notebook, replays included. Later cells are not run.",
    ).tag(config=True)
    max_deaths = Integer(
        3,
        help="Kernels that one notebook may lose. Cells after the last loss are not run.",
    ).tag(config=True)
    max_output = Integer(
        1_000_000,
        help="Characters that one cell may print. The rest is dropped, and the cell says so.",
    ).tag(config=True)

    judge_key: bytes | None = None
    """The submission's key, which its judge makes the inputs of the checks from. Without it `grade`
    runs the checks in the kernel, which can then read them."""

    jail: Jail = NO_JAIL
    """The walls around the last run's kernels."""

    record_timing = Bool(False, help="Off: `chainrule_run` has the seconds.").tag(config=True)
    shutdown_kernel = Unicode("immediate", help="Student code gets no say in when it ends.")
    # A student could give a test cell the tag that means "do not run me".
    skip_cells_with_tag = Unicode("", help="No tag keeps a cell from being run.")

    def preprocess(
        self, nb: NotebookNode, resources: Any = None, km: Any = None
    ) -> tuple[NotebookNode, Any]:
        """Run every code cell of `nb` in place. Only a kernel that never starts raises."""
        self.nb = nb
        self.km = km
        self.owns_km = km is None
        self.kc = None
        self.reset_execution_trackers()
        self.resources = resources or {}
        self._deadline = time.monotonic() + self.notebook_timeout
        self._finished: list[int] = []  # cells a fresh kernel has to repeat
        self._deaths = 0
        self._printed: dict[tuple[int, bool], int] = {}
        self.sandbox = Sandbox(parent=self, config=self.config)

        for cell in nb.cells:
            _forget_previous_run(cell)
        with ExitStack() as stack:
            self._court = self._open_court(nb, stack)
            stack.callback(self._kill_kernel)
            self._start_kernel()
            for index, cell in enumerate(nb.cells):
                if cell.cell_type == "code" and cell.source.strip():
                    self._run_or_explain(cell, index)
            self.set_widgets_metadata()
        return nb, self.resources

    def _open_court(self, nb: NotebookNode, stack: ExitStack) -> Court | None:
        """A judge outside of the kernel, if there is a jail to keep the two apart."""
        if self.judge_key is None and "nbgrader" in self.resources:
            # Stock nbgrader commands run in the course's folder, and make no task.
            self.judge_key = submission_key(course_secret(Path.cwd()), nb)
        if self.judge_key is None or not asks_for_checks(nb) or self.sandbox.jail() is NO_JAIL:
            return None
        session = judge_of_this_worker().session(self.judge_key)
        return Court(stack.enter_context(session))

    def _run_or_explain(self, cell: NotebookNode, index: int) -> None:
        if not self._ready():
            _close(cell, NOT_RUN, self._why_stopped(), 0.0)
            return
        started = time.monotonic()
        # Only here: a replay of finished cells asks no judge.
        heard = self._court and self._court.open(cell, self._get_timeout(cell) or 0)
        status, reason = self._run(cell, index)
        flags = self._court.close(cell) if heard else ()
        if status == KERNEL_DIED:
            self._lose_kernel(index)
        elif status != TIMED_OUT:  # running it again would cost the whole limit again
            self._finished.append(index)
        _close(cell, status, reason, time.monotonic() - started, flags)

    def _run(self, cell: NotebookNode, index: int) -> tuple[str, str]:
        """Run one cell; returns its status and, unless it ran, a reason in words."""
        limit = self._get_timeout(cell) or 0
        self.error_on_timeout = {
            "ename": "CellTimeoutError",
            "evalue": f"stopped after {limit:g} s",
            "traceback": [f"CellTimeoutError: this cell was stopped after {limit:g} s"],
        }
        self._reply: dict[str, Any] = {}
        self._excess = ""
        self._received = 0
        try:
            # nbclient binds `execute_cell` to its own `async_execute_cell`, so
            # the run is wrapped here and nothing of it is overridden.
            self.execute_cell(cell, index, store_history=True)
        except DeadKernelError:
            why = self._excess or "it left Python, crashed, or ran out of memory"
            return KERNEL_DIED, (
                f"The kernel died while this cell ran ({why}). "
                "The cells after it were run in a fresh kernel without it."
            )
        except CellTimeoutError:
            return KERNEL_DIED, (
                f"This cell ran for {limit:g} s and did not stop when interrupted, so its kernel "
                "was ended. The cells after it were run in a fresh kernel without it."
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            # Only a kernel that has been tampered with writes what Jupyter cannot read.
            self.log.warning("A kernel sent what is no message", exc_info=True)
            return KERNEL_DIED, (
                f"This cell's kernel sent what is no Jupyter message ({type(error).__name__}), "
                "so it was ended. The cells after it were run in a fresh kernel without it."
            )
        if self._reply.get("status") != "error":
            return RAN, ""
        if self._reply.get("ename") == "CellTimeoutError":
            if not run_sync(self._answers)():
                return KERNEL_DIED, (
                    f"This cell ran for {limit:g} s and its kernel did not answer any more, so it "
                    "was ended. The cells after it were run in a fresh kernel without it."
                )
            return TIMED_OUT, f"This cell ran for {limit:g} s and was interrupted."
        return FAILED, f"{self._reply.get('ename')}: {self._reply.get('evalue')}"[:500]

    def on_cell_executed(self, **kwargs: Any) -> None:
        self._reply = kwargs["execute_reply"]["content"]
        super().on_cell_executed(**kwargs)

    # --- kernels ---------------------------------------------------------

    def _ready(self) -> bool:
        """Whether a kernel with everything before is there; replays if it is not."""
        while self._deaths <= self.max_deaths and time.monotonic() < self._deadline:
            if self.kc is not None:
                return True
            self._start_kernel()
            self._replay()
        return False

    def _replay(self) -> None:
        for index in list(self._finished):
            # A copy is run, so that what the cell put out the first time stays;
            # nbclient puts the cell it has run into the notebook.
            cell = self.nb.cells[index]
            status, _ = self._run(copy.deepcopy(cell), index)
            self.nb.cells[index] = cell
            if status == KERNEL_DIED:
                self._lose_kernel(index)
                return
            if status == TIMED_OUT:
                self._finished.remove(index)

    def _lose_kernel(self, index: int) -> None:
        self._kill_kernel()
        self._deaths += 1
        if index in self._finished:
            self._finished.remove(index)

    def _why_stopped(self) -> str:
        if self._deaths > self.max_deaths:
            return f"Not run: cells before it had already cost {self._deaths} kernels."
        return f"Not run: the notebook had already used its {self.notebook_timeout} s."

    def create_kernel_manager(self) -> Any:
        """A manager of jailed kernels, or of stock ones where there is no jail to be had."""
        self.jail = self.sandbox.jail()
        if self.jail is NO_JAIL:
            return super().create_kernel_manager()
        return self.sandbox.kernel_manager(
            max_output=self.max_output, show_checks=self._court is None
        )

    def _start_kernel(self) -> None:
        if self.km is None:
            self.km = self.create_kernel_manager()
        if not self.km.has_kernel:
            jailed = self.jail is not NO_JAIL
            channel = self._court.session.kernel() if jailed and self._court else None
            try:
                if jailed:
                    self.start_new_kernel(judge_channel=channel)
                else:
                    # What a kernel writes past its own capture is no business of the terminal.
                    environment = os.environ | KERNEL_ENVIRONMENT
                    self.start_new_kernel(env=environment, stdout=DEVNULL, stderr=DEVNULL)
            finally:
                if channel is not None:
                    channel.close()
        self.kc = self.km.client()
        # What is longer is dropped before it is in memory, and its sender with it.
        self.kc.context.setsockopt(zmq.MAXMSGSIZE, self.max_output * (FIGURES + 1))
        self.kc.context.setsockopt(zmq.RCVHWM, 100)
        self.kc.start_channels()
        self.kc.allow_stdin = False
        self.nb.metadata["language_info"] = run_sync(self._wait_until_ready)()

    async def _wait_until_ready(self) -> dict:
        """Wait until both channels work; returns the kernel's language_info.

        The client's own `wait_for_ready` then waits 0.2 s more for old output,
        which is told apart by its parent anyway.
        """
        deadline = time.monotonic() + self.startup_timeout
        while time.monotonic() < deadline:
            self.kc.kernel_info()
            try:
                reply = await self.kc.shell_channel.get_msg(timeout=1)
                await self.kc.iopub_channel.get_msg(timeout=_READY_SECONDS)
            except Empty:
                if not await self.kc.is_alive():
                    said = getattr(self.km.provisioner, "last_words", str)()
                    raise RuntimeError(f"the kernel died before it was ready: {said}") from None
            else:
                return reply["content"]["language_info"]
        raise RuntimeError(f"the kernel was not ready within {self.startup_timeout} s")

    async def _answers(self) -> bool:
        """Whether the kernel takes requests, after a cell that was interrupted."""
        asked = self.kc.kernel_info()
        try:
            while True:
                reply = await self.kc.shell_channel.get_msg(timeout=self.iopub_timeout)
                if reply["parent_header"].get("msg_id") == asked:
                    return True
        except Empty:
            return False

    def _kill_kernel(self) -> None:
        if self.km is None:
            return
        # Children of a stock kernel as well: it leads a session of its own.
        group = getattr(self.km.provisioner, "pgid", None)
        self._cleanup_kernel()
        self.km = self.kc = None
        if group and hasattr(os, "killpg") and group != os.getpgrp():
            with suppress(ProcessLookupError):  # nobody is left in it, which is what we want
                os.killpg(group, signal.SIGKILL)

    # --- limits ----------------------------------------------------------

    def _get_timeout(self, cell: NotebookNode | None) -> float | None:
        limit = super()._get_timeout(cell)
        left = max(1.0, self._deadline - time.monotonic())
        return left if limit is None else min(limit, left)

    async def _async_poll_kernel_alive(self) -> None:
        """While a cell runs: end its kernel if it uses too much, and notice if it is gone."""
        provisioner = self.km.provisioner
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            if self.km is None or self.km.provisioner is not provisioner:
                return  # nbclient leaves this running when a cell's messages cannot be read
            if isinstance(provisioner, ZygoteProvisioner) and not self._excess:
                self._excess = provisioner.excess()
                if self._excess:
                    await provisioner.kill()
            try:
                await self._async_check_alive()
            except DeadKernelError:
                self.task_poll_for_reply.cancel()
                return

    def process_message(self, msg: dict, cell: NotebookNode, cell_index: int) -> Any:
        """Count what arrives: past the kernel's own limits, the kernel is not ours any more."""
        try:
            return super().process_message(msg, cell, cell_index)
        except CellExecutionComplete:
            raise
        finally:
            self._received += len(str(msg["content"]))
            if self._received > 2 * FIGURES * self.max_output and not self._excess:
                self._excess = "it put out more than any limit allows"
                self.km.provisioner.process.send_signal(signal.SIGKILL)

    def output(self, outs: list, msg: dict, display_id: str | None, cell_index: int) -> Any:
        """Add one output, joining what was printed in pieces and capping how much."""
        if msg["msg_type"] in ("error", "execute_result"):
            return super().output(outs, msg, display_id, cell_index)
        stream = msg["msg_type"] == "stream"
        size = len(msg["content"]["text"]) if stream else len(str(msg["content"].get("data")))
        # The kernel has cut its text already, unless it is a stock one or not itself any more.
        most = self.max_output + len(CUT) if stream else self.max_output * FIGURES
        before = self._printed.get((cell_index, stream), 0)
        self._printed[cell_index, stream] = before + size
        if before > most:
            return None
        if before + size > most:
            if not stream:
                outs.append(new_output("stream", name="stdout", text=CUT))
                return None
            msg["content"]["text"] = msg["content"]["text"][: most - before] + CUT
        last = outs[-1] if outs else None
        if (
            msg["msg_type"] == "stream"
            and not self.clear_before_next_output
            and last is not None
            and last.output_type == "stream"
            and last.name == msg["content"]["name"]
        ):
            last.text += msg["content"]["text"]
            return last
        return super().output(outs, msg, display_id, cell_index)


def _forget_previous_run(cell: NotebookNode) -> None:
    # Whatever a student's file says about a run is not evidence of one.
    cell.metadata.pop(RUN, None)
    if cell.cell_type == "code":
        cell.outputs = []
        cell.execution_count = None
        if isinstance(cell.metadata.get("tags"), str):  # not a list: the file was edited by hand
            del cell.metadata["tags"]


def _close(
    cell: NotebookNode, status: str, reason: str, seconds: float, flags: tuple[str, ...] = ()
) -> None:
    """Write into the cell how its run went; an error output unless Python left one."""
    cell.metadata[RUN] = {"status": status, "reason": reason, "seconds": round(seconds, 3)}
    if flags:
        cell.metadata[RUN]["flags"] = list(flags)
    if status in (KERNEL_DIED, NOT_RUN):
        name = "KernelDied" if status == KERNEL_DIED else "NotRun"
        cell.outputs.append(
            new_output("error", ename=name, evalue=reason, traceback=[f"{name}: {reason}"])
        )
