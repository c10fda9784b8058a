"""A test cell before its judge: the window around its run, and the verdict written into it."""

from __future__ import annotations

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader import utils

from autograder.sandbox.judging import JudgeLost, Session, check_of

OF_THE_CELLS_LIMIT = 0.9
"""What of a cell's time its judge may use, so that the judge gives up before the runner does."""


class Court:
    """Hearings of one submission. What a verdict says comes from the judge's process alone."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def open(self, cell: NotebookNode, seconds: float) -> bool:
        """Open a window if `cell` is a test cell that asks for a check; says whether it did.

        The name comes from the cell as it was sanitised, which is the
        instructor's: a student has no say in it. KeyError for an unknown check.
        """
        check = _check(cell)
        if check is None:
            return False
        try:
            self.session.open(check, seconds=OF_THE_CELLS_LIMIT * seconds)
        except JudgeLost:
            # There is a new one by now, and this answer was not to blame for the old one's end.
            self.session.open(check, seconds=OF_THE_CELLS_LIMIT * seconds)
        return True

    def close(self, cell: NotebookNode) -> tuple[str, ...]:
        """Write the verdict into the cell that has run; returns what the instructor should see.

        Whatever the cell itself put out as a result goes: it could look like
        points. An error of the cell stays, and nbgrader reads it as 0.
        """
        cell.outputs = [o for o in cell.outputs if o.output_type != "execute_result"]
        try:
            verdict = self.session.take()
        except JudgeLost as lost:
            cell.outputs.append(
                new_output("error", ename="JudgeLost", evalue=str(lost), traceback=[str(lost)])
            )
            return (str(lost),)
        if not any(output.output_type == "error" for output in cell.outputs):
            cell.outputs += [
                new_output("stream", name="stdout", text=verdict.text() + "\n"),
                new_output(
                    "execute_result",
                    data={"text/plain": repr(verdict.points)},
                    execution_count=cell.execution_count,
                ),
            ]
        return verdict.notes


def asks_for_checks(notebook: NotebookNode) -> bool:
    """Whether any test cell of the notebook asks for a check by name."""
    return any(_check(cell) is not None for cell in notebook.cells)


def _check(cell: NotebookNode) -> str | None:
    if cell.cell_type != "code" or not utils.is_grade(cell) or utils.is_solution(cell):
        return None
    return check_of(cell.source)
