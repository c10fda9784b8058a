"""A test cell before its judge: the window around its run, and the verdict written into it."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader import utils

from autograder.judge.verdict import Verdict
from autograder.sandbox.judging import CALL_SECONDS, Session, check_of
from autograder.sandbox.output_nodes import output_node
from autograder.sandbox.transcript import barred, verdict_output

OF_THE_CELLS_LIMIT = 0.9
"""What of a cell's time its judge may use, so that the judge gives up before the runner does."""


class Court:
    """Hearings of one submission. What a verdict says comes from the judge's process alone."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @staticmethod
    def judges(cell: NotebookNode) -> bool:
        """Whether it is for a judge to say what a cell earns."""
        return _check(cell) is not None

    def open(self, cell: NotebookNode, seconds: float) -> bool:
        """Open a window if `cell` is a test cell that asks for a check; says whether it did.

        The name comes from the cell as it was sanitised, which is the
        instructor's: a student has no say in it. KeyError for an unknown
        check, JudgeLost if there is no judge.
        """
        check = _check(cell)
        if check is None:
            return False
        # A machine that is given longer for a cell is given longer for a call in it as well.
        call = max(CALL_SECONDS, seconds / 3)
        self.session.open(check, seconds=OF_THE_CELLS_LIMIT * seconds, call_seconds=call)
        return True

    def close(self, cell: NotebookNode, ran: bool) -> Verdict:
        """Write the verdict into the cell that has run, and return it.

        `ran`: it ended by itself and without an error. What it put out itself
        is marked as such. An error of the cell stays, and nbgrader reads it as
        0. JudgeLost if there is no judge to ask.
        """
        verdict = self.session.take(ran)
        cell.outputs = barred(cell.outputs)
        failed = any(output.output_type == "error" for output in cell.outputs)
        if not failed and not verdict.undecided:
            cell.outputs += [
                verdict_output(verdict.text(), verdict.check),
                output_node(
                    "execute_result",
                    data={"text/plain": repr(verdict.points)},
                    execution_count=cell.execution_count,
                ),
            ]
        return verdict


def asks_for_checks(notebook: NotebookNode) -> bool:
    """Whether any test cell of the notebook asks for a check by name."""
    return any(_check(cell) is not None for cell in notebook.cells)


def _check(cell: NotebookNode) -> str | None:
    if cell.cell_type != "code" or not utils.is_grade(cell) or utils.is_solution(cell):
        return None
    return check_of(cell.source)
