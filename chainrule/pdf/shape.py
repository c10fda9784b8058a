"""The shape of an assignment's PDFs: the same pages for the same question, whoever answers it.

It is taken from the released notebook. Where the first cell of a question (or of
the teaching between two) says ``{"chainrule": {"pages": 2}}``, that is what it
gets. Otherwise it gets what it takes unanswered, with room for what is still to come.

The number of pages is fixed, not their format: a wide figure has its page in landscape
where another student's page, or the template's, is upright. What Gradescope is told of a
question is its pages as a whole, and a figure that can be read is worth more than the rest.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chainrule.pdf.notebook import Cell
from chainrule.pdf.questions import Question, Section

TOP, HEIGHT = 1.05 * 72, 9 * 72
"""Points above the text of a page, and of the text: see document.typ."""

# Parts of a page that come on top of what a section takes unanswered.
_ROOM_FOR_OUTPUT = 0.3  # of a question as a whole, or of one cell of the teaching
_ROOM_FOR_TEXT = 0.5  # a written answer


@dataclass(frozen=True)
class Slot:
    """One section of the released notebook, and the pages that it has in every PDF."""

    key: tuple[str, str]
    pages: int
    question: Question | None = None


@dataclass(frozen=True)
class Shape:
    """The slots of a notebook in order, and its title."""

    title: str
    slots: tuple[Slot, ...]


def shaped(title: str, sections: Sequence[Section], places: Sequence[Mapping[str, Any]]) -> Shape:
    """The shape that a released notebook gives.

    `places` are the marks at the start and the end of each section, as it came
    out without a shape: ``{"part": index, "page": n, "y": points from the top}``.
    """
    slots: dict[tuple[str, str], Slot] = {}
    for index, section in enumerate(sections):
        own = [place for place in places if place["part"] == index]
        # A section without anything to show has no place; a copied question is one.
        if own and section.key not in slots:
            pages = section.pages or _default(section, own[0], own[-1])
            slots[section.key] = Slot(section.key, pages, section.question)
    return Shape(title, tuple(slots.values()) or (Slot(("after", ""), 1),))


def arranged(sections: Sequence[Section], shape: Shape) -> list[Section]:
    """The sections of a student's notebook, one for each slot of the shape.

    What the shape does not know belongs to what stands before it; a question
    that is missing is a section without cells. Titles and points are the shape's.
    """
    known = {slot.key for slot in shape.slots}
    cells: dict[tuple[str, str], list[Cell]] = {slot.key: [] for slot in shape.slots}
    at = shape.slots[0].key
    for section in sections:
        at = section.key if section.key in known else at
        cells[at].extend(section.cells)
    return [
        Section(tuple(cells[slot.key]), slot.question, slot.key[1] if not slot.question else "")
        for slot in shape.slots
    ]


def _default(section: Section, start: Mapping[str, Any], end: Mapping[str, Any]) -> int:
    # The text after the last question may have followed on the page of that.
    taken = end["page"] - start["page"] + (end["y"] - start["y"]) / HEIGHT
    unrun = sum(cell.kind == "code" and not cell.outputs for cell in section.cells)
    written = any(
        cell.kind == "markdown" and (cell.nbgrader.get("solution") or cell.nbgrader.get("task"))
        for cell in section.cells
    )
    shown = min(unrun, 1) if section.question else unrun
    room = _ROOM_FOR_OUTPUT * shown + _ROOM_FOR_TEXT * written
    return max(1, math.ceil(taken + room - 1e-6))
