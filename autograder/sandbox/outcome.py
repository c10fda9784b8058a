"""What became of a cell's run, as it stands in the notebook that a run hands back."""

from __future__ import annotations

from nbformat import NotebookNode

from autograder.sandbox.output_nodes import output_node

# Where a code cell says how its run went: {"status", "reason", "seconds"}, and "flags" if any.
RUN = "chainrule_run"

RAN = "ran"
FAILED = "failed"
TIMED_OUT = "timed out"
KERNEL_DIED = "kernel died"
NOT_RUN = "not run"
JUDGE_LOST = "judge lost"
UNDECIDED = "undecided"

UNJUDGED = (JUDGE_LOST, UNDECIDED)
"""No fault of the student's: no points, not even 0, and graded again by the next run."""

_ERRORS = {
    KERNEL_DIED: "KernelDied",
    NOT_RUN: "NotRun",
    JUDGE_LOST: "JudgeLost",
    UNDECIDED: "Undecided",
}
"""Names of the errors that stand in a cell which Python itself could not put one into."""


def forget(cell: NotebookNode) -> None:
    """Take out what a student's file says about a run: it is not evidence of one."""
    cell.metadata.pop(RUN, None)
    if cell.cell_type == "code":
        cell.outputs = []
        cell.execution_count = None
        if isinstance(cell.metadata.get("tags"), str):  # not a list: the file was edited by hand
            del cell.metadata["tags"]


def note(
    cell: NotebookNode, status: str, reason: str, seconds: float, flags: tuple[str, ...] = ()
) -> None:
    """Write into a cell how its run went; an error output too, unless Python left one."""
    cell.metadata[RUN] = {"status": status, "reason": reason, "seconds": round(seconds, 3)}
    if flags:
        cell.metadata[RUN]["flags"] = list(flags)
    if status in _ERRORS:
        cell.outputs.append(error_output(_ERRORS[status], reason))


def error_output(name: str, reason: str) -> NotebookNode:
    """An error as Python would have put it out; nbgrader reads any as 0 points."""
    return output_node("error", ename=name, evalue=reason, traceback=[f"{name}: {reason}"])
