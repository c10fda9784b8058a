"""Fixed length: every section of a document on exactly the pages that it has.

A short section is followed by blank pages. A long one is shown smaller as a
whole, text, figures and tables alike, until it fits; how small is found by
halving, for all long sections at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chainrule.pdf.pieces import Problem
from chainrule.pdf.questions import Section

Pages = Mapping[int, int]
"""How many pages each section takes, by its index."""

_SMALLEST = 0.1
_STEPS = 6


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
