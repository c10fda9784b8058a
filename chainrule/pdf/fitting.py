"""Sections made to fit their pages, by showing them smaller as a whole, text and figures alike.

Fixed length: every section has exactly the pages that it has. A short one is
followed by blank pages, a long one is shown smaller until it fits; how small is
found by halving, for all long sections at once.

Otherwise: a section of which only a few lines are on its last page is shown a
very little smaller, if it has a page less then.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chainrule.pdf.pieces import Problem
from chainrule.pdf.questions import Section
from chainrule.pdf.shape import HEIGHT, TOP

Pages = Mapping[int, int]
"""How many pages each section takes, by its index."""

_SMALLEST = 0.1
_STEPS = 6

_FEW = 0.12
"""The part of a page below which what is on it are a few lines."""

LEAST = 0.9
"""How small a section may be shown to spare a page: letters of 10 points instead of 11."""


@dataclass(frozen=True)
class Fit:
    """How a section is made to fit: its size (1 is full), and blank pages after it.

    Of one that is `given_up`, only the start is shown.
    """

    size: float = 1.0
    blanks: int = 0
    given_up: bool = False


def taken(places: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """The pages of each section, from the marks at its start and its end."""
    pages: dict[int, list[int]] = {}
    for place in places:
        pages.setdefault(place["part"], []).append(place["page"])
    return {part: max(own) - min(own) + 1 for part, own in pages.items()}


def kept(places: Sequence[Mapping[str, Any]], budget: Pages) -> bool:
    """Whether every section has the pages of its budget, and none of another's."""
    firsts = {place["part"]: place["page"] for place in reversed(places)}
    starts, page = {}, 1
    for part, pages in budget.items():
        starts[part] = page
        page += pages
    return taken(places) == budget and firsts == starts


def tightened(places: Sequence[Mapping[str, Any]]) -> dict[int, Fit]:
    """A size for every section of which only a few lines are on its last page.

    At this size its pages, but for the last, have as much more room as those lines
    take. That need not be enough, for not everything can be divided.
    """
    fits = {}
    for part, pages in taken(places).items():
        end = [place for place in places if place["part"] == part][-1]
        over = (end["y"] - TOP) / HEIGHT
        if pages > 1 and over < _FEW:
            # Two hundredths are for what stands at the end of a page and cannot be divided.
            size = (pages - 1) / (pages - 1 + over)
            if size >= LEAST:
                fits[part] = Fit(max(LEAST, size - 0.02))
    return fits


def tightened_more(fits: Mapping[int, Fit], spared: Collection[int]) -> dict[int, Fit]:
    """The fits of the sections that `spared` a page; what did not is tried at the least size."""
    return {
        part: fit if part in spared else Fit(LEAST)
        for part, fit in fits.items()
        if part in spared or fit.size > LEAST
    }


def fitted(
    natural: Pages, budget: Pages, measure: Callable[[Mapping[int, Fit]], Pages]
) -> dict[int, Fit]:
    """A fit for every section that does not take the pages of its budget by itself.

    `measure` sets the document with some fits and says what pages that takes.
    """
    pages = dict(natural)
    long = [part for part in budget if natural[part] > budget[part]]
    smallest = measure(dict.fromkeys(long, Fit(_SMALLEST))) if long else {}
    low = {part: _SMALLEST for part in long if smallest[part] <= budget[part]}
    high = dict.fromkeys(low, 1.0)
    pages |= {part: smallest[part] for part in low}
    for _ in range(_STEPS if low else 0):
        # Halved as ratios: from 0.8 to 0.9 is as far as from 0.4 to 0.45.
        tried = {part: (low[part] * high[part]) ** 0.5 for part in low}
        found = measure({part: Fit(size) for part, size in tried.items()})
        for part, size in tried.items():
            if found[part] <= budget[part]:
                low[part], pages[part] = size, found[part]
            else:
                high[part] = size
    fits = {
        part: Fit(low.get(part, 1.0), budget[part] - pages[part])
        for part in budget
        if part in low or pages[part] < budget[part]
    }
    hopeless = (part for part in long if part not in low)
    return fits | {part: Fit(1.0, budget[part] - 1, given_up=True) for part in hopeless}


def problem(section: Section, natural: int, budget: int, fit: Fit) -> Problem:
    """What to report of a section that is too long."""
    name = f"“{section.question.title}”" if section.question else "The text between questions"
    if not section.question and section.follows == "":
        name = "The text before the first question"
    cell = section.cells[0].number if section.cells else None
    room = f"{name} takes {natural} pages and has {budget}"
    if fit.given_up:
        return Problem(
            cell,
            f"{room}, which is too much to be shown at any size.",
            "Read it in a PDF without fixed length.",
        )
    return Problem(
        cell,
        f"{room}: it is shown at {fit.size:.0%} of its size.",
        f"If that is too small, reserve {natural} pages: chainrule.pages in the metadata of "
        "its first cell, in the released notebook.",
    )
