"""One cell of a notebook as blocks of Typst: what is asked, what is answered, what came out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from chainrule.pdf import code, figures, markdown, outputs, prose
from chainrule.pdf.hidden import Hidden
from chainrule.pdf.markdown import Parsed
from chainrule.pdf.monospace import Run, lines, typeset
from chainrule.pdf.notebook import Cell, Notebook, joined
from chainrule.pdf.pieces import Pieces, Problem
from chainrule.pdf.prose import Surroundings
from chainrule.pdf.questions import Question
from chainrule.pdf.text import array, boolean, literal, sequence

STUBS = ("", "WRITE YOUR ANSWER HERE", "YOUR ANSWER HERE", "WRITE YOUR CODE HERE", "YOUR CODE HERE")
"""What stands in an answer's cell before a student has written anything."""

_NOTHING_BELOW = "nothing is written below the line “YOUR CODE HERE”"
_CODE_STUB = re.compile(r"^[ \t]*# ?(?:WRITE )?YOUR CODE HERE[ \t]*$", re.MULTILINE)
# What a released cell may have below the stub: closing brackets, and what makes it run.
_CLOSING = re.compile(r"(?:[)\]},:;\s]|\bpass\b|\.\.\.|\braise NotImplementedError(?:\(\))?)*")
# A cell of up to so many lines is kept on the page on which its outputs begin.
_SHORT = 20
# One of up to so many, as they are printed, is not broken over two pages.
_WHOLE = 12
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e-?\d+)?")
# Code of up to so many characters is kept as it was set.
_REMEMBERED = 10_000


@dataclass(frozen=True)
class Block:
    """The Typst expression of a cell or of a part of one, and its source should it not compile.

    What is `turned` needs a page in landscape; what is not `text` may go onto it too.
    """

    cell: int
    code: str
    source: str
    turned: bool = False
    text: bool = True


@dataclass(frozen=True)
class Reading:
    """A notebook while it is being set: what its cells have to know of it.

    `parsed` holds the Markdown cells by their number, `remarks` what to show
    under graded cells by their grade id, and for "" above them all.
    """

    notebook: Notebook
    pieces: Pieces
    parsed: dict[int, Parsed]
    secret: Hidden
    remarks: Mapping[str, str]

    def around(self, cell: Cell) -> Surroundings:
        """The surroundings of a cell's Markdown and outputs."""
        return Surroundings(self.pieces, cell.number, self.notebook.folder, cell.attachments)


def blocks(
    cell: Cell, question: Question | None, reading: Reading, *, leads: bool = False
) -> list[Block]:
    """What there is to show of a cell, in order; nothing for an empty one.

    A text `leads` if the cell after it is code: its last words are about that.
    """
    if cell.kind == "code":
        found = list(_code(cell, reading))
    else:
        text = _text(cell, question, reading, leads)
        found = [Block(cell.number, text, cell.source)] if text else []
    graded = cell.nbgrader.get("grade") or cell.nbgrader.get("task")
    remark = reading.remarks.get(str(cell.nbgrader.get("grade_id"))) if graded else None
    return [*found, remark_block(cell.number, remark)] if remark else found


def remark_block(cell: int, remark: str) -> Block:
    """What the grader says of a cell."""
    return Block(cell, f"remark({typeset(lines([Run(remark)]))})", remark, text=False)


def _text(cell: Cell, question: Question | None, reading: Reading, leads: bool) -> str:
    answer = bool(cell.nbgrader.get("solution"))
    if answer and _unanswered(cell.source):
        return "no-answer()"
    if not cell.source.strip():
        return ""
    if cell.kind == "raw":
        return f"listing({typeset(code.highlight(cell.source, 'text'))})"
    text, around = reading.parsed[cell.number], reading.around(cell)
    if all(token["type"] == "blank_line" for token in text.tokens):
        return ""
    if question and cell.chainrule.get("question") is not None:
        has_title = markdown.headline(text) is not None
        shown = prose.render(markdown.with_title(text, "question_title"), around, leads=leads)
        return shown if has_title else f"{{question-title({literal(question.title)});{shown}}}"
    shown = prose.render(text, around, leads=leads and not answer)
    return f"written-answer({shown})" if answer else shown


def _code(cell: Cell, reading: Reading) -> Iterator[Block]:
    shown = [
        (how, array(outputs.render(group, reading.around(cell), reading.secret)))
        for how, group in figures.placed(() if "remove_output" in cell.tags else _outputs(cell))
    ]
    shown = [(how, items) for how, items in shown if items != "()"]
    turned = any(how == figures.TURNED for how, _ in shown)
    source = cell.source.strip("\n").rstrip()
    short = source.count("\n") < _SHORT
    block = Block(cell.number, "", cell.source, turned, text=False)
    above = _input(cell, source, reading, kept=bool(shown) and short)
    below = [
        f"{how}(outputs({items}))" if how == figures.SPREAD else f"outputs({items})"
        for how, items in shown
    ]
    if turned and not short and above:
        yield replace(block, code=above, turned=False)
        above = ""
    if above or below:
        yield replace(block, code=sequence([above, *below] if above else below))


def _outputs(cell: Cell) -> tuple[Mapping[str, Any], ...]:
    """The outputs of a cell; of a graded one without the score that nbgrader reads there.

    The verdict printed above it has that in words: "name: 2 of 2 points".
    """
    name, score = cell.nbgrader.get("grade_id"), cell.outputs[-1] if cell.outputs else {}
    data = score.get("data")
    if score.get("output_type") == "execute_result" and isinstance(data, Mapping):
        printed = "".join(joined(output.get("text")) for output in cell.outputs)
        number = _NUMBER.fullmatch(joined(data.get("text/plain")).strip())
        if number and f"{name}: {float(number[0]):g} of " in printed:
            return cell.outputs[:-1]
    return cell.outputs


@lru_cache(maxsize=512)
def _set_code(source: str, language: str) -> str:
    return typeset(code.highlight(source, language))


def _input(cell: Cell, source: str, reading: Reading, *, kept: bool) -> str:
    answer = bool(cell.nbgrader.get("solution"))
    if answer and _unanswered(source):
        return "no-answer()"
    if not source or "remove_input" in cell.tags:
        return ""
    count = str(cell.execution_count) if cell.execution_count is not None else ""
    if _is_folded(cell):
        return f"folded-code({literal(count)})"
    # The cells that students do not write are the same in a whole class.
    set_code = _set_code if len(source) <= _REMEMBERED else _set_code.__wrapped__
    highlighted = set_code(source, reading.notebook.language)
    whole = source.count("\n") + highlighted.count("wrap-mark") < _WHOLE
    settings = f"answer: {boolean(answer)}, kept: {boolean(kept)}, whole: {boolean(whole)}"
    shown = f"code-cell({literal(count)}, {highlighted}, {settings})"
    _, omitted = code.capped(source)
    if omitted:
        reading.pieces.report(
            Problem(
                cell.number,
                f"The code is too long: {omitted:,} lines in its middle are left out.",
                "Move data out of the code, into a file, or divide the cell.",
            )
        )
    if answer and _ends_in_stub(source):
        return f"{{{shown};no-answer(said: {literal(_NOTHING_BELOW)})}}"
    return shown


def _is_folded(cell: Cell) -> bool:
    jupyter = cell.metadata.get("jupyter")
    return isinstance(jupyter, Mapping) and jupyter.get("source_hidden") is True


def _unanswered(source: str) -> bool:
    return source.strip(" \n\t*_.#:") in STUBS


def _ends_in_stub(source: str) -> bool:
    """Whether a cell that is given in part has nothing but the given below its stub."""
    stubs = list(_CODE_STUB.finditer(source))
    return bool(stubs) and bool(_CLOSING.fullmatch(source, stubs[-1].end()))
