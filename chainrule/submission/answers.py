"""Which questions are answered, as far as the notebook itself can say."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from chainrule.pdf import markdown, questions
from chainrule.pdf.notebook import Cell, Notebook, joined
from chainrule.pdf.questions import Section

ANSWERED, EMPTY, FAILING = "answered", "empty", "failing"

STUBS = ("# WRITE YOUR CODE HERE", "*WRITE YOUR ANSWER HERE*")
"""What stands in a released notebook in place of an answer."""

# A test cell says with this sign what needs another look.
_NOT_YET = re.compile(r"^· ?(.+)", re.MULTILINE)
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_WIDTH = 110


@dataclass(frozen=True)
class Answer:
    """A question of a notebook, and whether it is answered, empty or failing.

    `why` is what its test says, in a line; "" if it says nothing bad.
    """

    notebook: str
    id: str
    title: str
    status: str
    why: str = ""


def answers(name: str, content: Notebook) -> list[Answer]:
    """The questions of a notebook that give points, in its order.

    Empty: an answer cell of it is as it was released, or it has none and its test was not
    run. Failing: the saved outputs of its cells have an error, or a line of its test starts
    with "·".
    """
    cells = [cell for cell in content.cells if "remove_cell" not in cell.tags]
    titles = {
        cell.number: title
        for cell in cells
        if cell.kind == "markdown" and (title := markdown.headline(markdown.parse(cell.source)))
    }
    found: dict[str, Answer] = {}
    for section in questions.split(cells, titles):
        question = section.question
        # A question that was copied is listed once, as it stands first.
        if question and question.marked != "ungraded" and question.id not in found:
            status, why = _status(section)
            found[question.id] = Answer(name, question.id, question.title, status, why)
    return list(found.values())


def is_untouched(cell: Cell) -> bool:
    """Whether an answer cell is as it was released.

    nbgrader keeps a checksum of the released cell in its metadata
    (nbgrader/utils.py, compute_checksum); without one, only a lone stub can be told.
    """
    if cell.source.strip() in ("", *STUBS):
        return True
    digest = hashlib.md5(usedforsecurity=False)
    graded = bool(cell.nbgrader.get("grade"))
    pieces = [cell.source, cell.kind, str(graded), "True", "False"]
    pieces.append(str(cell.nbgrader.get("grade_id")))
    if graded:
        pieces.append(str(questions.number(cell.nbgrader.get("points"))))
    for piece in pieces:
        digest.update(piece.encode("utf-8", "surrogatepass"))
    return digest.hexdigest() == cell.nbgrader.get("checksum")


def _status(section: Section) -> tuple[str, str]:
    own = [cell for cell in section.cells if cell.nbgrader.get("solution")]
    tests = [cell for cell in section.cells if cell.nbgrader.get("grade") and cell.kind == "code"]
    if any(map(is_untouched, own)):
        return EMPTY, ""
    # An answer in a script, or drawn by another cell: only its test can tell.
    if not own and not any(cell.outputs or cell.execution_count for cell in tests):
        return EMPTY, "its test has not been run"
    why = next(filter(None, map(_complaint, _saying(section.cells))), "")
    return (FAILING, why) if why else (ANSWERED, "")


def _saying(cells: Iterable[Cell]) -> Iterable[Cell]:
    """Answers and their tests; what a student tries out in a cell besides is nobody's business."""
    return [cell for cell in cells if cell.kind == "code" and cell.nbgrader]


def _complaint(cell: Cell) -> str:
    for output in cell.outputs:
        if output.get("output_type") == "error":
            return _line(f"{output.get('ename')}: {output.get('evalue')}")
        if output.get("output_type") == "stream" and cell.nbgrader.get("grade"):
            said = _NOT_YET.search(_ANSI.sub("", joined(output.get("text"))))
            if said:
                return _line(said[1])
    return ""


def _line(text: str) -> str:
    text = " ".join(_ANSI.sub("", text).split())
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…"
