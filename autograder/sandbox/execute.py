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
import signal
import time
from contextlib import ExitStack
from typing import Any

import jupyter_client.session
import nbclient.client
from jupyter_core.utils import run_sync
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbgrader.preprocessors import Execute
from traitlets import Bool, Dict, Float, Integer, List, Unicode

from autograder.sandbox import contact, outcome
from autograder.sandbox.cap import Cap, joined
from autograder.sandbox.court import Court, asks_for_checks
from autograder.sandbox.deadlines import deadlines_of
from autograder.sandbox.isolation import NO_JAIL, Jail
from autograder.sandbox.judging import JudgeLost, judge_of_this_worker
from autograder.sandbox.outcome import (
    FAILED,
    JUDGE_LOST,
    KERNEL_DIED,
    NOT_RUN,
    RAN,
    TIMED_OUT,
    UNDECIDED,
)
from autograder.sandbox.output_nodes import output_from_message
from autograder.sandbox.preload import preload_of
from autograder.sandbox.provisioner import ZygoteProvisioner
from autograder.sandbox.settings import Sandbox
from autograder.sandbox.stock import stock_run

_LOOK_SECONDS = 0.1
"""Between two looks at what a running cell uses, and whether its kernel lives."""

# nbclient finds it under this name, wherever a message becomes an output.
nbclient.client.output_from_msg = output_from_message
# Nobody asks when a message was sent, and to read that was a tenth of a worker's own time.
jupyter_client.session.extract_dates = lambda header: header

_FRESH = " The cells after it were run in a fresh kernel without it."


class ExecuteAll(Execute):
    """nbgrader's Execute, with a deadline that holds and kernels that may die."""

    notebook_timeout = Integer(
        600,
        help="Seconds for a whole notebook, replays included. Later cells are not run.",
    ).tag(config=True)
    deadlines = Dict(
        key_trait=Unicode(),
        value_trait=Float(),
        help="Seconds for single notebooks, 'assignment/notebook', for each of their cells, "
        "'assignment/notebook/*', and for single cells, 'assignment/notebook/grade_id'.",
    ).tag(config=True)
    max_deaths = Integer(
        3,
        help="Kernels that one notebook may lose. Cells after the last loss are not run.",
    ).tag(config=True)
    max_output = Integer(
        1_000_000,
        help="Characters that one cell may print. The rest is dropped, and the cell says so.",
    ).tag(config=True)

    name: str = ""
    """The notebook's, as "assignment/notebook": which of the deadlines are its own."""

    judge_key: bytes | None = None
    """The submission's key, which its judge makes the inputs of the checks from. Without it `grade`
    runs the checks in the kernel, which can then read them."""

    jail: Jail = NO_JAIL
    """The walls around the last run's kernels."""

    record_timing = Bool(False, help="Off: `chainrule_run` has the seconds.").tag(config=True)
    extra_arguments = List(Unicode(), help="ipykernel's, for odd cases.").tag(config=True)
    store_widget_state = Bool(False, help="Widgets are shown by their text.").tag(config=True)
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
        self._finished: list[int] = []  # cells a fresh kernel has to repeat
        self._judged: dict[int, list[NotebookNode]] = {}  # outputs of cells with their verdicts
        self._deaths = 0
        self._cap = Cap(self.max_output)
        self.sandbox = Sandbox(parent=self, config=self.config)
        self.sandbox.preload = list(self.preload(nb))

        for cell in nb.cells:
            outcome.forget(cell)
        with ExitStack() as stack:
            if "nbgrader" in self.resources:
                stock = stack.enter_context(stock_run(self, nb, self.resources))
                self.judge_key, self.name = stock.judge_key, stock.name
                self.resources = stock.resources
            self._deadlines = deadlines_of(self.deadlines, self.name)
            self._seconds = self._deadlines.notebook or self.notebook_timeout
            self._deadline = time.monotonic() + self._seconds
            self._court = self._open_court(nb, stack)
            stack.callback(self._kill_kernel)
            self._start_kernel()
            for index, cell in enumerate(nb.cells):
                if cell.cell_type == "code" and cell.source.strip():
                    self._run_or_explain(cell, index)
            self._keep_verdicts(nb)
        return nb, resources or {}

    def preload(self, nb: NotebookNode) -> tuple[str, ...]:
        """What the zygote has imported before it forks a kernel for `nb`."""
        return (*preload_of(nb), *Sandbox(parent=self, config=self.config).preload)

    def _open_court(self, nb: NotebookNode, stack: ExitStack) -> Court | None:
        """A judge outside of the kernel, if there is a jail to keep the two apart."""
        if self.judge_key is None or not asks_for_checks(nb) or self.sandbox.jail() is NO_JAIL:
            return None
        session = judge_of_this_worker().session(self.judge_key)
        return Court(stack.enter_context(session))

    def _run_or_explain(self, cell: NotebookNode, index: int) -> None:
        if not self._ready():
            outcome.note(cell, NOT_RUN, self._why_stopped(), 0.0)
            return
        started = time.monotonic()
        status, reason, flags = self._hear(cell, index)
        if status == JUDGE_LOST and self._ready():  # a fresh kernel has a fresh judge
            status, reason, flags = self._hear(cell, index)
        if status == KERNEL_DIED:
            self._lose_kernel(index)
            reason += _FRESH
        elif status not in (TIMED_OUT, JUDGE_LOST):  # running it again would cost as much again
            self._finished.append(index)
        outcome.note(cell, status, reason, time.monotonic() - started, flags)
        if self._court and self._court.judges(cell):
            self._judged[index] = copy.deepcopy(cell.outputs)
            self.clear_display_id_mapping(index)

    def _hear(self, cell: NotebookNode, index: int) -> tuple[str, str, tuple[str, ...]]:
        """Run one cell, before its judge if it has one; returns status, reason and flags."""
        try:
            # Only here: a replay of finished cells asks no judge.
            heard = self._court and self._court.open(cell, self._get_timeout(cell) or 0)
            status, reason = self._run(cell, index)
            if not heard:
                return status, reason, ()
            cell.outputs = self._cap.within(cell.outputs)
            verdict = self._court.close(cell, status == RAN)
            if status == RAN and verdict.undecided:
                return UNDECIDED, verdict.undecided, (verdict.undecided, *verdict.notes)
            return status, reason, verdict.notes
        except JudgeLost as lost:
            cell.outputs = []
            self._kill_kernel()  # nobody listens to it any more; this counts as no death of its own
            return JUDGE_LOST, str(lost), (str(lost),)

    def _keep_verdicts(self, nb: NotebookNode) -> None:
        """Put back what judges wrote, whatever was done to it since, and drop what is too much.

        nbclient finds the display that a later cell updates by its place among the outputs.
        """
        for index, cell in enumerate(nb.cells):
            if index in self._judged:
                cell.outputs = self._judged[index]
            elif cell.cell_type == "code":
                cell.outputs = self._cap.within(cell.outputs)

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
        self._cap.start_cell()
        try:
            # nbclient binds `execute_cell` to its own `async_execute_cell`, so
            # the run is wrapped here and nothing of it is overridden.
            self.execute_cell(cell, index, store_history=True)
        except DeadKernelError:
            why = self._excess or "it left Python, crashed, or ran out of memory"
            return KERNEL_DIED, f"The kernel died while this cell ran ({why})."
        except CellTimeoutError:
            return KERNEL_DIED, (
                f"This cell ran for {limit:g} s and did not stop when interrupted, so its kernel "
                "was ended."
            )
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            # Only a kernel that has been tampered with writes what Jupyter cannot read.
            self.log.warning("A kernel sent what is no message", exc_info=True)
            return KERNEL_DIED, (
                f"This cell's kernel sent what is no Jupyter message ({type(error).__name__}), "
                "so it was ended."
            )
        if self._reply.get("status") != "error":
            return RAN, ""
        if self._reply.get("ename") == "CellTimeoutError":
            if not run_sync(contact.answers)(self.kc, self.iopub_timeout):
                return KERNEL_DIED, (
                    f"This cell ran for {limit:g} s and its kernel did not answer any more, so it "
                    "was ended."
                )
            return TIMED_OUT, f"This cell ran for {limit:g} s and was interrupted."
        return FAILED, f"{self._reply.get('ename')}: {self._reply.get('evalue')}"[:500]

    def on_cell_executed(self, **kwargs: Any) -> None:
        self._reply = kwargs["execute_reply"]["content"]
        # Other kernels send it with the input as well, and nbclient takes it from there.
        kwargs["cell"].execution_count = _count(self._reply.get("execution_count"))
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
            self.clear_display_id_mapping(index)
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
        return f"Not run: the notebook had already used its {self._seconds:g} s."

    def create_kernel_manager(self) -> Any:
        """A manager of jailed kernels, or of stock ones where there is no jail to be had."""
        self.jail = self.sandbox.jail()
        if self.jail is NO_JAIL:
            return super().create_kernel_manager()
        return self.sandbox.kernel_manager(
            max_output=self.max_output, show_checks=self.judge_key is None
        )

    def _start_kernel(self) -> None:
        if self.km is None:
            self.km = self.create_kernel_manager()
        if not self.km.has_kernel:
            jailed = self.jail is not NO_JAIL
            channel = self._court.session.kernel() if jailed and self._court else None
            try:
                options = {"judge_channel": channel} if jailed else contact.stock_kernel_options()
                self.start_new_kernel(**options)
            finally:
                if channel is not None:
                    channel.close()
        self.kc = self.km.client()
        self._cap.limit(self.kc)
        contact.call_again_soon(self.kc)
        self.kc.start_channels()
        self.kc.allow_stdin = False
        language = run_sync(contact.wait_until_ready)(self.km, self.kc, self.startup_timeout)
        self.nb.metadata["language_info"] = language

    def _kill_kernel(self) -> None:
        if self.km is None:
            return
        group = contact.process_group(self.km)
        self._cleanup_kernel()
        self.km = self.kc = None
        contact.end_group(group)

    # --- limits ----------------------------------------------------------

    def _get_timeout(self, cell: NotebookNode | None) -> float | None:
        limit = self._deadlines.of_cell(cell) or super()._get_timeout(cell)
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
        finally:
            cell.execution_count = _count(cell.get("execution_count"))
            if self._cap.passed(msg) and not self._excess:
                self._excess = "it put out more than any limit allows"
                self.km.provisioner.process.send_signal(signal.SIGKILL)

    def output(self, outs: list, msg: dict, display_id: str | None, cell_index: int) -> Any:
        """Add one output, joining what was printed in pieces and capping how much."""
        cut = self._cap.cut(msg, cell_index)
        if cut is None:
            return None
        last = None if self.clear_before_next_output else joined(outs, cut)
        return last or super().output(outs, cut, display_id, cell_index)


def _count(sent: Any) -> int | None:
    """The number of a cell's run, if a kernel sent one and not something else in its place."""
    return sent if type(sent) is int and 0 <= sent < 1_000_000 else None
