"""Questions: where they start and end in a notebook, and on which pages they came out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from chainrule.pdf.notebook import Cell


@dataclass(frozen=True)
class Question:
    """A question of an assignment.

    `marked` is "automatic", "manual", "both", or "ungraded" when the question
    holds no graded cell. `pages` count from 1.
    """

    id: str
    title: str
    points: float
    marked: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True)
class Section:
    """Cells that belong together: one question, or the teaching before and between."""

    cells: tuple[Cell, ...]
    question: Question | None = None


@dataclass(frozen=True)
class PageMap:
    """Which pages hold which question."""

    notebook: str
    pages: int
    questions: tuple[Question, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The page map as it stands in NAME.pages.json."""
        questions = [
            {**asdict(question), "points": _tidy(question.points), "pages": list(question.pages)}
            for question in self.questions
        ]
        return {"notebook": self.notebook, "pages": self.pages, "questions": questions}


def split(cells: Sequence[Cell], titles: Mapping[int, str]) -> list[Section]:
    """Cut a notebook into sections.

    A cell with ``{"chainrule": {"question": "<id>"}}`` starts a question, one
    with ``null`` ends it. `titles` gives the heading of a start cell by the
    cell's number; a question without one is called by its id.
    """
    sections: list[Section] = []
    current: list[Cell] = []
    for cell in cells:
        if "question" in cell.chainrule and current:
            sections.append(_section(current, titles))
            current = []
        current.append(cell)
    if current:
        sections.append(_section(current, titles))
    return sections


def _section(cells: list[Cell], titles: Mapping[int, str]) -> Section:
    start = cells[0]
    name = start.chainrule.get("question")
    if name is None:
        return Section(tuple(cells))
    title = titles.get(start.number) or str(name)
    points, marked = _grading(cells)
    return Section(tuple(cells), Question(str(name), title, points, marked))


def _grading(cells: Iterable[Cell]) -> tuple[float, str]:
    points = 0.0
    ways: set[str] = set()
    seen: set[str] = set()
    for cell in cells:
        graded = cell.nbgrader
        name = str(graded.get("grade_id", cell.number))
        # A copied cell carries the id of the original and must not count twice.
        if not graded.get("grade") or name in seen:
            continue
        seen.add(name)
        points += number(graded.get("points"))
        ways.add("manual" if graded.get("solution") else "automatic")
    if len(ways) == 2:
        return points, "both"
    return points, ways.pop() if ways else "ungraded"


def placed(sections: Iterable[Section], marks: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """Put the pages that the compiler reports into the questions.

    `marks` are the values of the metadata that document.typ leaves at the
    start and the end of each question: ``{"question": index, "page": n}``.
    A question that occurs twice (a copied cell) is one entry with all pages.
    """
    pages: dict[int, list[int]] = {}
    for mark in marks:
        pages.setdefault(mark["question"], []).append(mark["page"])
    found: dict[str, Question] = {}
    for index, section in enumerate(sections):
        question = section.question
        if question is None:
            continue
        first, last = min(pages[index]), max(pages[index])
        earlier = found.get(question.id)
        span = {*range(first, last + 1), *(earlier.pages if earlier else ())}
        base = earlier or question
        found[question.id] = Question(
            base.id, base.title, base.points, base.marked, tuple(sorted(span))
        )
    return tuple(found.values())


def number(value: Any) -> float:
    """Points as a number; what is no number counts 0."""
    return float(value) if isinstance(value, (int, float)) and math.isfinite(value) else 0.0


def _tidy(points: float) -> float | int:
    return int(points) if points == int(points) else points
