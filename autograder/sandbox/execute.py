"""`ExecuteAll`: runs a notebook so that one bad cell costs only itself.

nbgrader's own preprocessor gives the whole submission up when a kernel dies,
or when a loop cannot be interrupted. This one writes an error into that cell,
starts a fresh kernel, runs the finished cells again in silence (their outputs
stay as they were), leaves the guilty cell out and goes on.
"""

from __future__ import annotations

import copy
import os
import signal
import time
from contextlib import suppress
from subprocess import DEVNULL
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute
from traitlets import Bool, Integer, Unicode

# Where a code cell says how its run went: {"status", "reason", "seconds"}.
RUN = "chainrule_run"

RAN = "ran"
FAILED = "failed"
TIMED_OUT = "timed out"
KERNEL_DIED = "kernel died"
NOT_RUN = "not run"

# The kernel's environment. One thread each, because workers already fill the
# cores; a fixed hash seed, because two runs must agree; inline figures, because
# an instructor's shell may say MPLBACKEND=Agg and lose every one of them.
KERNEL_ENVIRONMENT = {
    "NBGRADER_EXECUTION": "autograde",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
}


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
        self._printed: dict[int, int] = {}

        for cell in nb.cells:
            _forget_previous_run(cell)
        self._start_kernel()
        try:
            for index, cell in enumerate(nb.cells):
                if cell.cell_type == "code" and cell.source.strip():
                    self._run_or_explain(cell, index)
            self.set_widgets_metadata()
        finally:
            self._kill_kernel()
        return nb, self.resources

    def _run_or_explain(self, cell: NotebookNode, index: int) -> None:
        if not self._ready():
            _close(cell, NOT_RUN, self._why_stopped(), 0.0)
            return
        started = time.monotonic()
        status, reason = self._run(cell, index)
        if status == KERNEL_DIED:
            self._lose_kernel(index)
        elif status != TIMED_OUT:  # running it again would cost the whole limit again
            self._finished.append(index)
        _close(cell, status, reason, time.monotonic() - started)

    def _run(self, cell: NotebookNode, index: int) -> tuple[str, str]:
        """Run one cell; returns its status and, unless it ran, a reason in words."""
        limit = self._get_timeout(cell) or 0
        self.error_on_timeout = {
            "ename": "CellTimeoutError",
            "evalue": f"stopped after {limit:g} s",
            "traceback": [f"CellTimeoutError: this cell was stopped after {limit:g} s"],
        }
        self._reply: dict[str, Any] = {}
        try:
            # nbclient binds `execute_cell` to its own `async_execute_cell`, so
            # the run is wrapped here and nothing of it is overridden.
            self.execute_cell(cell, index, store_history=True)
        except DeadKernelError:
            return KERNEL_DIED, (
                "The kernel died while this cell ran (it left Python, crashed, or ran out "
                "of memory). The cells after it were run in a fresh kernel without it."
            )
        except CellTimeoutError:
            return KERNEL_DIED, (
                f"This cell ran for {limit:g} s and did not stop when interrupted, so its kernel "
                "was ended. The cells after it were run in a fresh kernel without it."
            )
        if self._reply.get("status") != "error":
            return RAN, ""
        if self._reply.get("ename") == "CellTimeoutError":
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

    def _start_kernel(self) -> None:
        if self.km is None:
            self.km = self.create_kernel_manager()
        if not self.km.has_kernel:
            # What a kernel writes past its own capture is no business of the terminal.
            self.start_new_kernel(
                env=os.environ | KERNEL_ENVIRONMENT, stdout=DEVNULL, stderr=DEVNULL
            )
        self.start_new_kernel_client()
        reply = self.wait_for_reply(self.kc.kernel_info())
        if reply is None:
            raise RuntimeError("the kernel started but does not answer")
        self.nb.metadata["language_info"] = reply["content"]["language_info"]

    def _kill_kernel(self) -> None:
        if self.km is None:
            return
        # Children of the kernel as well: it leads a session of its own.
        group = getattr(self.km.provisioner, "pgid", None)
        self._cleanup_kernel()
        if group and hasattr(os, "killpg") and group != os.getpgrp():
            with suppress(ProcessLookupError):  # nobody is left in it, which is what we want
                os.killpg(group, signal.SIGKILL)

    # --- limits ----------------------------------------------------------

    def _get_timeout(self, cell: NotebookNode | None) -> float | None:
        limit = super()._get_timeout(cell)
        left = max(1.0, self._deadline - time.monotonic())
        return left if limit is None else min(limit, left)

    def output(self, outs: list, msg: dict, display_id: str | None, cell_index: int) -> Any:
        """Add one output, joining what was printed in pieces and capping how much."""
        if msg["msg_type"] in ("error", "execute_result"):
            return super().output(outs, msg, display_id, cell_index)
        size = len(str(msg["content"].get("text") or msg["content"].get("data") or ""))
        before = self._printed.get(cell_index, 0)
        self._printed[cell_index] = before + size
        if before > self.max_output:
            return None
        if before + size > self.max_output:
            outs.append(new_output("stream", name="stdout", text="\n… (output cut here)\n"))
            return None
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


def _close(cell: NotebookNode, status: str, reason: str, seconds: float) -> None:
    """Write into the cell how its run went; an error output unless Python left one."""
    cell.metadata[RUN] = {"status": status, "reason": reason, "seconds": round(seconds, 3)}
    if status in (KERNEL_DIED, NOT_RUN):
        name = "KernelDied" if status == KERNEL_DIED else "NotRun"
        cell.outputs.append(
            new_output("error", ename=name, evalue=reason, traceback=[f"{name}: {reason}"])
        )
