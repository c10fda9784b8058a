"""`Verdicts`: makes a test cell's outputs say what they mean to nbgrader.

nbgrader reads a grade from what a test cell put out: anything on stderr is 0
points, the first result counts, and no output at all is full marks
(`nbgrader.utils.determine_grade`). So a warning costs a question, and a cell
that was never run earns one. Here stderr becomes an ordinary display, the last
result alone counts, and a test cell that owes a verdict and has none gets 0.
"""

from __future__ import annotations

import ast
import math
import re
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Integer

from autograder.sandbox.outcome import NOT_RUN, RUN, error_output
from autograder.sandbox.output_nodes import output_node
from autograder.sandbox.transcript import last_frames

NO_VERDICT = "No verdict: the test did not say how many points this earns, so it counts as 0."


class Verdicts(NbGraderPreprocessor):
    """Comes right after Execute. Changes outputs of automatically graded cells only."""

    max_stderr_lines = Integer(
        200, help="Lines of stderr that a test cell may show; the last ones are kept."
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        # `--no-execute` leaves no record of a run anywhere; then outputs are all there is.
        executed = any(RUN in cell.metadata for cell in nb.cells)
        for cell in nb.cells:
            if cell.cell_type != "code":
                continue
            _keep_last_frames(cell)
            if utils.is_grade(cell) and not utils.is_solution(cell):
                self._settle(cell, executed)
        return nb, resources

    def _settle(self, cell: NotebookNode, executed: bool) -> None:
        cell.outputs = [self._calm(output) for output in cell.outputs]
        if executed and RUN not in cell.metadata:
            reason = "Not run: this test cell is empty."
            cell.metadata[RUN] = {"status": NOT_RUN, "reason": reason, "seconds": 0.0}
            cell.outputs.append(error_output("NotRun", reason))
        failed = any(output.output_type == "error" for output in cell.outputs)
        if not failed and owes_verdict(cell.source):
            self._keep_verdict(cell)

    def _keep_verdict(self, cell: NotebookNode) -> None:
        """Leave one result: the points, within what the cell can earn."""
        results = [output for output in cell.outputs if output.output_type == "execute_result"]
        points = _number(results[-1].get("data", {}).get("text/plain")) if results else None
        cell.outputs = [o for o in cell.outputs if o.output_type != "execute_result"]
        if points is None:
            points = 0.0
            cell.outputs.append(output_node("stream", name="stdout", text=NO_VERDICT + "\n"))
        most = float(cell.metadata.nbgrader["points"])
        if points > most:
            self.log.warning(
                "Cell '%s' earned %g points of %g; counted as %g. Are the cell's points right?",
                cell.metadata.nbgrader["grade_id"],
                points,
                most,
                most,
            )
        cell.outputs.append(
            output_node(
                "execute_result",
                # nbgrader raises above the maximum, and reads below 0 as full marks.
                data={"text/plain": repr(min(max(points, 0.0), most))},
                execution_count=cell.execution_count,
            )
        )

    def _calm(self, output: NotebookNode) -> NotebookNode:
        if output.output_type != "stream" or output.name != "stderr":
            return output
        lines = output.text.splitlines()
        if len(lines) > self.max_stderr_lines:
            left_out = len(lines) - self.max_stderr_lines
            lines = [f"… {left_out} lines left out …", *lines[-self.max_stderr_lines :]]
        return output_node(
            "display_data",
            data={"text/plain": "\n".join(lines)},
            metadata={"chainrule": {"stream": "stderr"}},
        )


def owes_verdict(source: str) -> bool:
    """Whether a test cell ends in a value: `grade(...)`, or a number of its own.

    A cell that ends in an assert keeps nbgrader's rule (no error is full
    marks), and so does one that ends by printing.
    """
    try:
        body = ast.parse(TransformerManager().transform_cell(source)).body
    except SyntaxError:
        return False  # it cannot have run without an error output
    if not body or not isinstance(body[-1], ast.Expr):
        return False
    value = body[-1].value
    if isinstance(value, ast.Call):
        return ast.unparse(value.func) not in ("print", "display")
    return not isinstance(value, ast.Constant) or isinstance(value.value, int | float)


def _number(text: Any) -> float | None:
    if not isinstance(text, str):
        return None
    # numpy 2 shows its scalars as np.float64(2.0).
    text = re.sub(r"^np\.\w+\((.*)\)$", r"\1", text.strip())
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _keep_last_frames(cell: NotebookNode) -> None:
    """A progress bar redraws itself after a carriage return: keep its last frame."""
    for output in cell.outputs:
        if output.output_type == "stream" and "\r" in output.text:
            output.text = last_frames(output.text)
