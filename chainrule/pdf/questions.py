"""Questions: where they start and end in a notebook, and on which pages they came out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chainrule.pdf.notebook import Cell


@dataclass(frozen=True)
class Question:
    """A question of an assignment.

    `marked` is "automatic", "manual" (by a person), "both", or "ungraded" when
    the question holds no graded cell. `pages` count from 1.
    """

    id: str
    title: str
    points: float
    marked: str
    pages: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The question as the page map has it, without its pages."""
        points = int(self.points) if self.points == int(self.points) else self.points
        return {"id": self.id, "title": self.title, "points": points, "marked": self.marked}


@dataclass(frozen=True)
class Section:
    """Cells that belong together: one question, or the teaching before and between.

    `follows` is the id of the question before a piece of teaching, empty at the start.
    """

    cells: tuple[Cell, ...]
    question: Question | None = None
    follows: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same section in two copies of a notebook."""
        return ("question", self.question.id) if self.question else ("after", self.follows)

    @property
    def pages(self) -> int | None:
        """The pages that its first cell reserves: ``{"chainrule": {"pages": 2}}``."""
        reserved = self.cells[0].chainrule.get("pages") if self.cells else None
        is_count = isinstance(reserved, int) and not isinstance(reserved, bool)
        return reserved if is_count and 1 <= reserved <= 50 else None


@dataclass(frozen=True)
class PageMap:
    """Which pages hold which question."""

    notebook: str
    pages: int
    questions: tuple[Question, ...] = ()

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> PageMap:
        """The page map that stands in NAME.pages.json and in the PDF itself."""
        questions = tuple(
            Question(**{**entry, "pages": tuple(entry["pages"])}) for entry in content["questions"]
        )
        return cls(content["notebook"], content["pages"], questions)

    def to_json(self) -> dict[str, Any]:
        """The page map as it stands in NAME.pages.json and in the PDF itself."""
        questions = [
            {**question.to_json(), "pages": list(question.pages)} for question in self.questions
        ]
        return {"notebook": self.notebook, "pages": self.pages, "questions": questions}


def split(cells: Sequence[Cell], titles: Mapping[int, str]) -> list[Section]:
    """Cut a notebook into sections.

    A cell with ``{"chainrule": {"question": "<id>"}}`` starts a question, one
    with ``null`` ends it. `titles` gives the heading of a start cell by the
    cell's number; a question without one is called by its id.
    """
    runs: list[list[Cell]] = []
    for cell in cells:
        if "question" in cell.chainrule or not runs:
            runs.append([])
        runs[-1].append(cell)
    sections: list[Section] = []
    follows = ""
    for run in runs:
        section = _section(run, titles, follows)
        follows = section.question.id if section.question else follows
        sections.append(section)
    return sections


def by_hand(section: Section) -> Section | None:
    """What a person marks of a section: the question and the written answer, without the code.

    None if there is nothing in it to be marked by a person.
    """
    question = section.question
    if question is None or question.marked not in ("manual", "both"):
        return None
    if question.marked == "manual":
        return section
    cells = tuple(
        cell
        for cell in section.cells
        # A cell that nbgrader does not know is one that the student has added to the answer.
        if cell.kind != "code" or not cell.nbgrader or _way(cell) == "manual"
    )
    points, marked = _grading(cells)
    return Section(cells, Question(question.id, question.title, points, marked), section.follows)


def indices(sections: Iterable[Section]) -> dict[str, list[int]]:
    """The sections of each question; a question that was copied has more than one."""
    found: dict[str, list[int]] = {}
    for index, section in enumerate(sections):
        if section.question:
            found.setdefault(section.question.id, []).append(index)
    return found


def number(value: Any) -> float:
    """Points as a number; what is no number counts 0."""
    return float(value) if isinstance(value, (int, float)) and math.isfinite(value) else 0.0


def _section(cells: list[Cell], titles: Mapping[int, str], follows: str) -> Section:
    start = cells[0]
    name = start.chainrule.get("question")
    if name is None:
        return Section(tuple(cells), None, follows)
    title = titles.get(start.number) or str(name)
    points, marked = _grading(cells)
    return Section(tuple(cells), Question(str(name), title, points, marked))


def _grading(cells: Iterable[Cell]) -> tuple[float, str]:
    points = 0.0
    ways: set[str] = set()
    seen: set[str] = set()
    for cell in cells:
        way = _way(cell)
        name = str(cell.nbgrader.get("grade_id", cell.number))
        # A copied cell carries the id of the original and must not count twice.
        if way is None or name in seen:
            continue
        seen.add(name)
        points += number(cell.nbgrader.get("points"))
        ways.add(way)
    if len(ways) == 2:
        return points, "both"
    return points, ways.pop() if ways else "ungraded"


def _way(cell: Cell) -> str | None:
    """How nbgrader gives the points of a cell; None if it has none to give."""
    graded = cell.nbgrader
    if graded.get("task") or (graded.get("grade") and graded.get("solution")):
        return "manual"
    return "automatic" if graded.get("grade") else None
