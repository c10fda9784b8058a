"""The cells of a notebook as one Typst document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chainrule.pdf import code, hidden, markdown, outputs, prose, questions
from chainrule.pdf.markdown import Parsed
from chainrule.pdf.monospace import typeset
from chainrule.pdf.notebook import Cell, Notebook
from chainrule.pdf.pieces import Pieces
from chainrule.pdf.prose import Surroundings
from chainrule.pdf.questions import Question, Section
from chainrule.pdf.text import array, literal, sequence

STUBS = ("WRITE YOUR ANSWER HERE", "YOUR ANSWER HERE")
"""What stands in a written answer's cell before a student has written anything."""


@dataclass(frozen=True)
class Heading:
    """What stands at the head of a document and on each of its pages."""

    title: str
    student: str = ""
    course: str = ""
    assignment: str = ""


@dataclass(frozen=True)
class Block:
    """The Typst expression of one cell, and what to show should it not compile."""

    cell: int
    code: str
    source: str


@dataclass(frozen=True)
class Part:
    """A section of the notebook, ready to be typeset."""

    section: Section
    blocks: tuple[Block, ...]
    title_code: str = ""


@dataclass(frozen=True)
class Document:
    """A notebook on its way to Typst: its parts in order, and its risky pieces."""

    heading: Heading
    title_code: str
    parts: tuple[Part, ...]
    pieces: Pieces

    @property
    def sections(self) -> list[Section]:
        """The sections, in order; their places are what the page marks refer to."""
        return [part.section for part in self.parts]

    def typst(self, broken: frozenset[int] = frozenset()) -> str:
        """The main Typst file; cells in `broken` are shown as their source."""
        fields = {
            "title": literal(self.heading.title),
            "masthead": self.title_code or literal(self.heading.title),
            "student": literal(self.heading.student),
            "course": literal(self.heading.course),
            "assignment": literal(self.heading.assignment),
            "bookmarked": "false" if any(part.section.question for part in self.parts) else "true",
        }
        head = ", ".join(f"{name}: {value}" for name, value in fields.items())
        lines = [
            '#import "document.typ": *',
            '#import "document.typ" as doc',
            '#import "pieces.typ": pieces',
            f"#show: notebook.with({head})",
        ]
        first = True
        for index, part in enumerate(self.parts):
            if part.blocks or part.section.question:
                # Right under the masthead, nothing starts a page.
                lines.append(f"#{_part(part, index, first, broken)}")
                first = False
        return "\n".join(lines) + "\n"

    def only(self, cells: Sequence[int]) -> Document:
        """The document of these cells alone, to find one that does not compile."""
        wanted = set(cells)
        parts = tuple(
            Part(part.section, tuple(block for block in part.blocks if block.cell in wanted))
            for part in self.parts
        )
        return Document(self.heading, self.title_code, parts, self.pieces)


def build(notebook: Notebook, heading: Heading, *, instructor: bool = False) -> Document:
    """Turn a notebook into a document.

    Unless `instructor` is set, hidden tests and marking schemes are left out
    of the cells and of their outputs.
    """
    pieces = Pieces()
    secret = hidden.Hidden(frozenset())
    cells = [cell for cell in notebook.cells if "remove_cell" not in cell.tags]
    if not instructor:
        secret = hidden.collect(cell.source for cell in notebook.cells)
        cells = [_without_hidden(cell) for cell in cells]
    parsed = {cell.number: markdown.parse(cell.source) for cell in cells if cell.kind == "markdown"}
    titles = {
        number: title for number, text in parsed.items() if (title := markdown.headline(text))
    }
    title_code, chosen = "", heading.title
    first = next((cell for cell in cells if cell.source.strip()), None)
    if first and first.number in parsed and first.chainrule.get("question") is None:
        title, parsed[first.number] = markdown.split_title(parsed[first.number])
        if title and first.number in titles:
            chosen = chosen or titles[first.number]
            around = _surroundings(first, notebook, pieces)
            title_code = prose.render_inline(title, around)
    parts = []
    for section in questions.split(cells, titles):
        blocks = (
            Block(
                cell.number,
                _cell(cell, section.question, parsed, notebook, pieces, secret),
                cell.source,
            )
            for cell in section.cells
        )
        start = section.cells[0]
        name = ""
        if section.question and start.number in parsed:
            name = prose.title(parsed[start.number], _surroundings(start, notebook, pieces))
        parts.append(Part(section, tuple(block for block in blocks if block.code), name))
    chosen = chosen or heading.assignment or notebook.name
    full = Heading(chosen, heading.student, heading.course, heading.assignment)
    pieces.convert_maths()
    return Document(full, title_code, tuple(parts), pieces)


def _part(part: Part, index: int, first: bool, broken: frozenset[int]) -> str:
    shown = []
    for block in part.blocks:
        if block.cell in broken:
            shown.append(f"failed-cell({block.cell}, {literal(block.source)})")
        else:
            shown.append(block.code)
    body = "{\n" + "\n".join(shown or ["[]"]) + "\n}"
    start = "true" if first else "false"
    question = part.section.question
    if question is None:
        return f"teaching(first: {start}, {body})"
    title = part.title_code or literal(question.title)
    return f"question({index}, {title}, {literal(_marking(question))}, first: {start}, {body})"


def _marking(question: Question) -> str:
    points = f"{question.points:g} point{'' if question.points == 1 else 's'}"
    how = {
        "automatic": "marked automatically",
        "manual": "marked by hand",
        "both": "marked automatically and by hand",
    }
    return f"{points} · {how[question.marked]}" if question.marked in how else "not graded"


def _without_hidden(cell: Cell) -> Cell:
    shown, lines = hidden.split(cell.source)
    if not lines and shown == cell.source:
        return cell
    return Cell(
        cell.number,
        cell.kind,
        shown,
        cell.metadata,
        cell.outputs,
        cell.attachments,
        cell.execution_count,
    )


def _surroundings(cell: Cell, notebook: Notebook, pieces: Pieces) -> Surroundings:
    return Surroundings(pieces, cell.number, notebook.folder, cell.attachments)


def _cell(
    cell: Cell,
    question: Question | None,
    parsed: Mapping[int, Parsed],
    notebook: Notebook,
    pieces: Pieces,
    secret: hidden.Hidden,
) -> str:
    around = _surroundings(cell, notebook, pieces)
    answer = bool(cell.nbgrader.get("solution"))
    if cell.kind == "code":
        return sequence(_code_cell(cell, notebook.language, around, secret, answer))
    if answer and _unanswered(cell.source):
        return "no-answer()"
    if not cell.source.strip():
        return ""
    if cell.kind == "raw":
        return f"listing({typeset(code.highlight(cell.source, 'text'))})"
    text = parsed[cell.number]
    if all(token["type"] == "blank_line" for token in text.tokens):
        return ""
    if question and cell.chainrule.get("question") is not None:
        has_title = markdown.headline(text) is not None
        shown = prose.render(markdown.with_title(text, "question_title"), around)
        return shown if has_title else f"{{question-title({literal(question.title)});{shown}}}"
    shown = prose.render(text, around)
    return f"written-answer({shown})" if answer else shown


def _code_cell(
    cell: Cell, language: str, around: Surroundings, secret: hidden.Hidden, answer: bool
) -> Iterator[str]:
    source = cell.source.strip("\n").rstrip()
    if source and "remove_input" not in cell.tags and not _is_folded(cell.metadata):
        count = str(cell.execution_count) if cell.execution_count is not None else ""
        lines = typeset(code.highlight(source, language))
        yield f"code-cell({literal(count)}, {lines}, answer: {'true' if answer else 'false'})"
    if "remove_output" not in cell.tags:
        shown = array(outputs.render(cell.outputs, around, secret))
        if shown != "()":
            yield f"outputs({shown})"


def _is_folded(metadata: Mapping[str, Any]) -> bool:
    jupyter = metadata.get("jupyter")
    return isinstance(jupyter, Mapping) and jupyter.get("source_hidden") is True


def _unanswered(source: str) -> bool:
    return source.strip(" \n\t*_.#:") in ("", *STUBS)
