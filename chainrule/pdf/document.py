"""The cells of a notebook as one Typst document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from chainrule.pdf import hidden, markdown, maths, prose, questions, shape
from chainrule.pdf.cells import Block, Reading, blocks, remark_block
from chainrule.pdf.code import highlight
from chainrule.pdf.fitting import Fit
from chainrule.pdf.monospace import typeset
from chainrule.pdf.notebook import Cell, Notebook
from chainrule.pdf.pieces import NOT_SET, Pieces, Problem
from chainrule.pdf.questions import Question, Section
from chainrule.pdf.shape import Shape
from chainrule.pdf.text import array, boolean, literal

_NOTHING_WRITTEN = "No question of this notebook is marked by a person."


@dataclass(frozen=True)
class Heading:
    """What stands at the head of a document and on each of its pages.

    A `blank` one has lines to fill in instead of a student.
    """

    title: str
    student: str = ""
    course: str = ""
    assignment: str = ""
    blank: bool = False


@dataclass(frozen=True)
class Part:
    """A section of the notebook, ready to be typeset; `pages` is how many it must take.

    A `closing` one, text after the last question, need not begin a page.
    """

    section: Section
    blocks: tuple[Block, ...]
    title_code: str = ""
    pages: int | None = None
    closing: bool = False


@dataclass(frozen=True)
class Document:
    """A notebook on its way to Typst: its parts in order, and its risky pieces.

    `fits` says of parts, by index, how they are made to take the pages they must.
    """

    heading: Heading
    name: str
    title_code: str
    parts: tuple[Part, ...]
    pieces: Pieces
    fits: Mapping[int, Fit] = field(default_factory=dict)

    @property
    def sections(self) -> list[Section]:
        """The sections, in order; their places are what the marks on the pages refer to."""
        return [part.section for part in self.parts]

    @property
    def budget(self) -> dict[int, int]:
        """The pages that parts must take, by index; empty unless the length is fixed."""
        return {index: part.pages for index, part in enumerate(self.parts) if part.pages}

    def typst(self, broken: frozenset[int] = frozenset()) -> str:
        """The main Typst file; cells in `broken` are shown as their source."""
        fields = {
            "title": literal(self.heading.title),
            "student": literal(self.heading.student),
            "course": literal(self.heading.course),
            "assignment": literal(self.heading.assignment),
            "blank": boolean(self.heading.blank),
            "bookmarked": boolean(not any(part.section.question for part in self.parts)),
        }
        head = ", ".join(f"{name}: {value}" for name, value in fields.items())
        lines = [
            '#import "document.typ": *',
            '#import "document.typ" as doc',
            '#import "pieces.typ": pieces',
            f"#show: notebook.with({head})",
        ]
        if self.heading.blank:
            lines.append('#let no-answer(said: "") = empty-box("")')
        masthead = f"masthead({self.title_code or literal(self.heading.title)})"
        for index, part in enumerate(self.parts):
            if part.blocks or part.section.question or part.pages:
                fit = self.fits.get(index, Fit())
                lines.append(f"#{_part(part, index, masthead, fit, broken)}")
                masthead = ""
        if masthead:
            lines.append(f"#{masthead}")
        lines.append(f"#page-map({literal(self.name)}, {self._questions()})")
        return "\n".join(lines) + "\n"

    def only(self, cells: Sequence[int]) -> Document:
        """The document of these cells alone, to find one that does not compile."""
        wanted = set(cells)
        parts = tuple(
            Part(part.section, tuple(block for block in part.blocks if block.cell in wanted))
            for part in self.parts
        )
        return replace(self, parts=parts, fits={})

    def _questions(self) -> str:
        entries = []
        for own in questions.indices(self.sections).values():
            about = self.parts[own[0]].section.question.to_json()
            values = {name: literal(str(value)) for name, value in about.items()}
            values |= {"points": str(about["points"]), "parts": array(map(str, own))}
            entries.append("(" + "".join(f"{key}: {code}, " for key, code in values.items()) + ")")
        return array(entries)


def build(
    notebook: Notebook,
    heading: Heading,
    *,
    instructor: bool = False,
    written_only: bool = False,
    fixed: Shape | None = None,
    remarks: Mapping[str, str] | None = None,
) -> Document:
    """Turn a notebook into a document.

    Unless `instructor` is set, hidden tests and marking schemes are left out
    of the cells and of their outputs. `written_only` keeps what a person marks,
    `fixed` gives the document that shape, and `remarks` are shown under graded
    cells, by their grade id; the one for "" is about the whole notebook.
    """
    secret = hidden.Hidden(frozenset())
    cells = [cell for cell in notebook.cells if "remove_cell" not in cell.tags]
    if not instructor:
        secret = hidden.collect(cell.source for cell in notebook.cells)
        cells = [_without_hidden(cell) for cell in cells]
    parsed = {
        cell.number: markdown.parse(hidden.quoted(cell.source) if instructor else cell.source)
        for cell in cells
        if cell.kind == "markdown"
    }
    titles = {
        number: title for number, text in parsed.items() if (title := markdown.headline(text))
    }
    reading = Reading(notebook, Pieces(), parsed, secret, remarks or {})
    title, title_code = _title(cells, titles, reading, fixed)
    sections = questions.split(cells, titles) or [Section(())]
    if written_only:
        sections = [kept for section in sections if (kept := questions.by_hand(section))]
        sections = sections or [Section((Cell(0, "raw", _NOTHING_WRITTEN),))]
    if fixed is not None:
        sections = shape.arranged(sections, fixed)
    # Code is coloured while pandoc, which takes as long, reads the formulas of the texts.
    with maths.under_way(tex for text in parsed.values() for tex, _ in text.kept if tex):
        parts = [_set(section, titles, reading) for section in sections]
    if remark := reading.remarks.get(""):
        parts[0] = replace(parts[0], blocks=(remark_block(0, remark), *parts[0].blocks))
    if fixed is not None:
        pairs = zip(parts, fixed.slots, strict=True)
        parts = [replace(part, pages=slot.pages) for part, slot in pairs]
    elif len(parts) > 1 and not parts[-1].section.question:
        closing = all(block.text for block in parts[-1].blocks)
        parts[-1] = replace(parts[-1], closing=closing)
    heading = replace(heading, title=heading.title or title or heading.assignment or notebook.name)
    reading.pieces.convert_maths()
    return Document(heading, notebook.name, title_code, tuple(parts), reading.pieces)


def _set(section: Section, titles: Mapping[int, str], reading: Reading) -> Part:
    """A section as a part of the document."""
    shown = tuple(
        block
        for cell, after in zip(section.cells, [*section.cells[1:], None], strict=False)
        for block in _blocks(cell, after, section.question, reading)
    )
    # A heading that a student has changed is not what the pages are called by.
    wanted = section.question.title if section.question else None
    named = (cell for cell in section.cells if wanted and titles.get(cell.number) == wanted)
    start = next(named, None)
    name = prose.title(reading.parsed[start.number], reading.around(start)) if start else ""
    return Part(section, shown, name)


def _blocks(
    cell: Cell, after: Cell | None, question: Question | None, reading: Reading
) -> list[Block]:
    """What there is to show of a cell; its source, reported, where that goes wrong.

    Nothing a student wrote may cost the PDF, not even by a fault of ours.
    """
    try:
        leads = after is not None and after.kind == "code"
        return blocks(cell, question, reading, leads=leads)
    except Exception as error:
        problem = Problem(
            cell.number,
            NOT_SET,
            f"Write it in a simpler way, and tell your instructor ({type(error).__name__}: "
            f"{str(error)[:100]}).",
        )
        reading.pieces.report(problem)
        block = Block(cell.number, "", cell.source)
        return [replace(block, code=_failed(block))]


def _title(
    cells: Sequence[Cell], titles: Mapping[int, str], reading: Reading, fixed: Shape | None
) -> tuple[str, str]:
    """The title that the notebook opens with, as text and as Typst; it is taken out of its cell."""
    first = next((cell for cell in cells if cell.source.strip()), None)
    shown = fixed.title if fixed else ""
    if first is None or first.number not in titles or first.chainrule.get("question") is not None:
        return shown, ""
    if fixed and titles[first.number] != fixed.title:
        # A title that a student has changed stays in its cell, which can be made to fit.
        return shown, ""
    title, reading.parsed[first.number] = markdown.split_title(reading.parsed[first.number])
    if not title:
        return shown, ""
    return titles[first.number], prose.render_inline(title, reading.around(first))


def _part(part: Part, index: int, masthead: str, fit: Fit, broken: frozenset[int]) -> str:
    title, question = '""', part.section.question
    opening = ["[]"]
    if masthead:
        opening.append(masthead)
    if question:
        title = part.title_code or literal(question.title)
        opening.append(f"marking-line({literal(_marking(question))})")
        if not part.blocks:
            opening.append(f"question-title({literal(question.title)})")
            opening.append('no-answer(said: "this question is not in the notebook")')
    elif not part.blocks and not masthead:
        # A page without anything on it would not be one.
        opening.append("left-free()")
    ending = f"place-mark({index})"
    if fit.given_up:
        shown = [*opening, f"too-long({title})", ending]
    else:
        # A page in landscape cannot shrink with the rest.
        shown = _shown(opening, part.blocks, ending, broken, turning=fit.size == 1)
    body = "{\n" + "\n".join(shown) + "\n}"
    if part.closing and not masthead and fit == Fit():
        return f"closing({index}, {body})"
    settings = f"first: {boolean(bool(masthead))}, size: {fit.size:.4f}, blanks: {fit.blanks}"
    return f"part({index}, {title}, {settings}, {body})"


def _shown(
    opening: list[str],
    blocks: Sequence[Block],
    ending: str,
    broken: frozenset[int],
    *,
    turning: bool,
) -> list[str]:
    """All the code of a part; a page in landscape goes on until there is text again."""
    is_turned = turning and bool(blocks) and blocks[0].turned
    # Every second run is in landscape.
    runs = [[], opening] if is_turned else [opening]
    for block in blocks:
        wants_turned = turning and (block.turned or (is_turned and not block.text))
        if wants_turned != is_turned:
            runs.append([])
            is_turned = wants_turned
        runs[-1].append(_failed(block) if block.cell in broken else block.code)
    # The end of a page in landscape is on that page, and not on the next.
    runs[-1].append(ending)
    return [
        code
        for place, run in enumerate(runs)
        for code in (["turned({", *run, "})"] if place % 2 else run)
    ]


def _failed(block: Block) -> str:
    return f"failed-cell({block.cell}, {typeset(highlight(block.source, 'text'))})"


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
    return replace(cell, source=shown) if lines or shown != cell.source else cell
