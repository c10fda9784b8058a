"""What stands under a test cell: what its code put out, and the verdict, told apart at a glance.

    │ The form fits.                        printed while the cell ran: every line has a bar
    bias_factor_relu: 0.85 of 1 point       the verdict: no bar, last, marked in its metadata
     ✓ ∂h/∂v: 0.7 of 0.7

A student's code runs in a test cell and may print whatever it likes, a verdict
too. No line of it comes without the bar, whoever shows the notebook.
"""

from __future__ import annotations

import re

from nbformat import NotebookNode

from autograder.sandbox.output_nodes import output_node

BAR = "│ "
FOLDED = "┊ "
"""In place of the bar where a long line goes on: a page would wrap it without any."""

WIDTH = 96

NO_TEXT = "(something that is neither text nor a picture)"

_COLOURS = re.compile(r"\x1b\[[0-9;:?]*[ -/]*[@-~]")
_MARK = "chainrule"


def verdict_output(text: str, check: str) -> NotebookNode:
    """A verdict as an output; nbgrader takes no points from it."""
    return output_node(
        "display_data", data={"text/plain": text}, metadata={_MARK: {"verdict": check}}
    )


def verdict_text(cell: NotebookNode) -> str | None:
    """What the judge said in a test cell; None if no judge has."""
    for output in cell.get("outputs", ()):
        if output.output_type == "display_data" and "verdict" in output.metadata.get(_MARK, {}):
            return output.data["text/plain"]
    return None


def barred(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """What a test cell's own code put out, so that nothing of it looks like a verdict.

    Text gets its bars. Pictures stay; pages of HTML, which could look like
    anything, leave their plain text. A result goes, for it could look like points.
    """
    return [_barred(output) for output in outputs if output.output_type != "execute_result"]


def last_frames(text: str) -> str:
    """The text as a terminal leaves it: a line that was drawn over and over, as it was at last."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines)


def fold(text: str) -> str:
    """Break the long ones of the lines with bars."""
    return "\n".join(
        line if not line.startswith(BAR) else f"\n{FOLDED}".join(_pieces(line))
        for line in text.split("\n")
    )


def unfold(text: str) -> str:
    """The lines with bars as they were before they were folded."""
    return text.replace(f"\n{FOLDED}", "")


def _pieces(line: str) -> list[str]:
    size = len(BAR) + WIDTH
    return [line[:size], *(line[at : at + WIDTH] for at in range(size, len(line), WIDTH))]


def _barred(output: NotebookNode) -> NotebookNode:
    if output.output_type == "stream":
        return output_node("stream", name=output.name, text=_with_bars(output.text))
    if output.output_type == "error":
        return output
    data = {kind: shown for kind, shown in output.data.items() if kind.startswith("image/")}
    if "text/plain" in output.data or not data:
        data["text/plain"] = _with_bars(output.data.get("text/plain", NO_TEXT))
    return output_node("display_data", data=data)


def _with_bars(text: str | list[str]) -> str:
    shown = _COLOURS.sub("", last_frames("".join(text)))  # nbformat allows a list of pieces
    end = "\n" if shown.endswith("\n") else ""
    # A backspace or a mark for writing from right to left could move text over the bar.
    lines = ("".join(c if c.isprintable() else " " for c in line) for line in shown.splitlines())
    return fold("\n".join(BAR + line for line in lines)) + end
