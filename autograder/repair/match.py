"""Which cell of a submission is which cell of the release.

First by name, nbgrader's grade_id; then by the same text, by the cell's id, and
by a similar text between the same neighbours; at last by place: a cell that
stands where an answer is missing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

from nbformat import NotebookNode

_ALIKE = 0.5
"""Least share of common text of a cell and the released one that it is taken for."""
_SURE = 0.8
"""The same, for a cell that does not stand between the neighbours it was released with."""
_BY_PLACE = 0.15
_BY_PLACE_OTHER_TYPE = 0.05
_MOST_COMPARED = 4_000
"""Pairs of cells that are compared by their text in one gap."""
_LONGEST_COMPARED = 500
_RECOGNISED = 0.4
"""The share of the questions' cells whose text must be there if no name is."""
_TELLING = 40
"""Characters in common that show that a cell was once the released one."""


@dataclass(frozen=True)
class Template:
    """The released notebook, as it is matched with."""

    cells: Sequence[NotebookNode]

    @cached_property
    def names(self) -> list[str | None]:
        """The grade_ids, None for cells that are not nbgrader's."""
        return [grade_id(cell) for cell in self.cells]

    @cached_property
    def by_name(self) -> dict[str, int]:
        return {name: i for i, name in enumerate(self.names) if name is not None}

    @cached_property
    def by_id(self) -> dict[str, int]:
        return {cell.id: i for i, cell in enumerate(self.cells) if "id" in cell}

    @cached_property
    def texts(self) -> list[str]:
        return [plain(cell.source) for cell in self.cells]

    @cached_property
    def by_text(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for i, text in enumerate(self.texts):
            found.setdefault(text, []).append(i)
        return found

    def marked(self, i: int) -> bool:
        """Whether a cell is nbgrader's, and so not the student's to remove."""
        return self.names[i] is not None

    @cached_property
    def marks(self) -> list[dict]:
        """nbgrader's marks of each cell, empty for cells that are not nbgrader's."""
        return [
            {} if name is None else cell.metadata["nbgrader"]
            for name, cell in zip(self.names, self.cells, strict=True)
        ]

    def has(self, i: int, mark: str) -> bool:
        """Whether a cell is marked as `locked`, `solution` or `grade`."""
        return bool(self.marks[i].get(mark))

    def is_answer(self, i: int) -> bool:
        """Whether a cell is for an answer; nbgrader's tasks are not, their answers stand below."""
        return self.has(i, "solution")

    def is_written(self, i: int) -> bool:
        """Whether a cell is for an answer in words."""
        return self.is_answer(i) and self.cells[i].cell_type != "code"

    def of_question(self, i: int) -> bool:
        """Whether a cell asks, answers or tests, and so tells this notebook from another."""
        return self.marked(i) and (
            self.is_answer(i) or self.has(i, "grade") or self.cells[i].cell_type == "markdown"
        )


@dataclass
class Claims:
    """Places of the submitted cells that claim to be each released cell, in their order."""

    of: dict[int, list[int]] = field(default_factory=dict)
    nameless: set[int] = field(default_factory=set)  # places of those that had lost their name
    by_name: int = 0  # cells of questions that were known by name,
    by_text: int = 0  # and those that were known by telling text

    def add(self, i: int, j: int) -> None:
        self.of.setdefault(i, []).append(j)
        self.of[i].sort()

    def recognise(self, template: Template) -> bool:
        """Whether it is this notebook at all, and not another one that resembles it.

        One question that has kept its name is enough; without any, notebooks
        of one assignment may have a good part of their texts in common.
        """
        questions = sum(map(template.of_question, range(len(template.cells))))
        return self.by_name > 0 or self.by_text >= _RECOGNISED * questions


def match(template: Template, cells: Sequence[NotebookNode]) -> Claims:
    """Who is who. A submitted cell claims at most one released cell; several may claim the same."""
    claims = Claims()
    free = _by_name(template, cells, claims)
    free = _by_text(template, cells, free, claims)
    free = _by_id(template, cells, free, claims)
    if free and len(claims.of) < len(template.cells):
        free = _in_gaps(template, cells, free, claims)
        _elsewhere(template, cells, free, claims)
    return claims


def grade_id(cell: NotebookNode) -> str | None:
    """nbgrader's name of a cell; None if it has none."""
    marks = cell.metadata.get("nbgrader")
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) and name else None


def plain(source: str) -> str:
    """A source as it is compared: without white space at the ends of lines."""
    return "\n".join(line.rstrip() for line in source.strip().split("\n"))


def same(one: str, other: str) -> bool:
    """Whether two sources say the same."""
    return one == other or plain(one) == plain(other)


def _by_name(template: Template, cells: Sequence[NotebookNode], claims: Claims) -> list[int]:
    free = []
    for j, cell in enumerate(cells):
        i = template.by_name.get(grade_id(cell) or "")
        if i is None:
            free.append(j)
        else:
            claims.add(i, j)
            claims.by_name += template.of_question(i)
    # A grade_id that was typed over: the cell's id says which of the two it is.
    for claimants in list(claims.of.values()):
        for j in claimants[:]:
            own = template.by_id.get(cells[j].get("id", ""))
            if own is None or own in claims.of or not template.marked(own):
                continue
            if len(claimants) > 1:
                claimants.remove(j)
                claims.add(own, j)
                claims.nameless.add(j)
    return free


def _by_id(
    template: Template, cells: Sequence[NotebookNode], free: list[int], claims: Claims
) -> list[int]:
    left = []
    for j in free:
        i = template.by_id.get(cells[j].get("id", ""))
        if i is None or (template.marked(i) and i in claims.of):
            left.append(j)
            continue
        claims.add(i, j)
        if template.marked(i):
            claims.nameless.add(j)
            claims.by_name += template.of_question(i)
    return left


def _by_text(
    template: Template, cells: Sequence[NotebookNode], free: list[int], claims: Claims
) -> list[int]:
    """Cells whose text is that of one released cell alone, which may be there already."""
    left = []
    for j in free:
        text = plain(cells[j].source)
        same = template.by_text.get(text, ()) if text else ()
        unclaimed = [i for i in same if i not in claims.of]
        i = unclaimed[0] if len(unclaimed) == 1 else None
        if i is None and not unclaimed and same and not template.is_answer(same[0]):
            i = same[0]  # one copy more
        if i is None:
            left.append(j)
            continue
        claims.add(i, j)
        if template.marked(i):
            claims.nameless.add(j)
            claims.by_text += template.of_question(i) and len(text) >= _TELLING
    return left


def _in_gaps(
    template: Template, cells: Sequence[NotebookNode], free: list[int], claims: Claims
) -> list[int]:
    """What is missing between two cells that are known, among what is unknown between them."""
    anchors = _anchors(claims)
    bounds = [(-1, -1), *anchors, (len(template.cells), len(cells))]
    taken: set[int] = set()
    for (i0, j0), (i1, j1) in pairwise(bounds):
        missing = [i for i in range(i0 + 1, i1) if i not in claims.of]
        unknown = [j for j in free if j0 < j < j1]
        if not missing or not unknown or len(missing) * len(unknown) > _MOST_COMPARED:
            continue
        for i, j in _aligned(template, cells, missing, unknown):
            _claim(template, cells, claims, i, j)
            taken.add(j)
    return [j for j in free if j not in taken]


def _elsewhere(
    template: Template, cells: Sequence[NotebookNode], free: list[int], claims: Claims
) -> None:
    """Cells without a name that were moved: known by their text alone."""
    missing = [i for i in range(len(template.cells)) if template.marked(i) and i not in claims.of]
    if len(missing) * len(free) > _MOST_COMPARED:
        return
    pairs = [(_similarity(template, i, cells[j]), i, j) for i in missing for j in free]
    used: set[int] = set()
    for score, i, j in sorted(pairs, key=lambda pair: (-pair[0], *pair[1:])):
        if score >= _SURE and i not in claims.of and j not in used:
            _claim(template, cells, claims, i, j)
            used.add(j)


def _claim(
    template: Template, cells: Sequence[NotebookNode], claims: Claims, i: int, j: int
) -> None:
    claims.add(i, j)
    if template.marked(i):
        claims.nameless.add(j)
        if template.of_question(i):
            lines = set(_lines(template.texts[i])) & set(_lines(plain(cells[j].source)))
            claims.by_text += sum(map(len, lines)) >= _TELLING


def _anchors(claims: Claims) -> list[tuple[int, int]]:
    """The longest run of known cells that stand in the order of the release."""
    pairs = sorted((i, claimants[0]) for i, claimants in claims.of.items())
    kept = longest_run([j for _, j in pairs])
    return [pairs[place] for place in kept]


def longest_run(numbers: Sequence[int]) -> list[int]:
    """Places of a longest increasing subsequence, by patience sorting."""
    tops: list[int] = []  # the smallest last number of a run of each length
    places: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(tops, number)
        before.append(places[length - 1] if length else -1)
        if length == len(tops):
            tops.append(number)
            places.append(place)
        else:
            tops[length], places[length] = number, place
    run = []
    place = places[-1] if places else -1
    while place >= 0:
        run.append(place)
        place = before[place]
    return run[::-1]


def _aligned(
    template: Template, cells: Sequence[NotebookNode], missing: list[int], unknown: list[int]
) -> list[tuple[int, int]]:
    """Pairs in order with the greatest sum of similarities: Needleman and Wunsch (1970)."""
    scores = [[_score(template, i, cells[j]) for j in unknown] for i in missing]
    best = [[0.0] * (len(unknown) + 1) for _ in range(len(missing) + 1)]
    for a in range(1, len(missing) + 1):
        for b in range(1, len(unknown) + 1):
            paired = best[a - 1][b - 1] + scores[a - 1][b - 1]
            best[a][b] = max(best[a - 1][b], best[a][b - 1], paired)
    pairs = []
    a, b = len(missing), len(unknown)
    while a and b:
        score = scores[a - 1][b - 1]
        if score and best[a][b] == best[a - 1][b - 1] + score:
            a, b = a - 1, b - 1
            pairs.append((missing[a], unknown[b]))
        elif best[a][b] == best[a - 1][b]:
            a -= 1
        else:
            b -= 1
    return pairs[::-1]


def _score(template: Template, i: int, cell: NotebookNode) -> float:
    """How well a cell fits where a released one is missing."""
    similar = _similarity(template, i, cell)
    if similar >= _ALIKE:
        return similar
    if not template.is_answer(i) or not cell.source.strip():
        return 0.0
    if (cell.cell_type == "code") == (template.cells[i].cell_type == "code"):
        return _BY_PLACE
    return _BY_PLACE_OTHER_TYPE if template.is_written(i) else 0.0


def _similarity(template: Template, i: int, cell: NotebookNode) -> float:
    """The share of common text, 0 to 1; of an answer, how much of what was given is still there."""
    released, handed_in = template.texts[i], plain(cell.source)
    ours, theirs = Counter(_lines(released)), Counter(_lines(handed_in))
    sizes = [sum(len(line) * n for line, n in lines.items()) for lines in (ours, theirs)]
    if not all(sizes):
        return 0.0
    common = sum(len(line) * n for line, n in (ours & theirs).items())
    if template.is_answer(i):
        return common / sizes[0]
    shared = 2 * common / sum(sizes)
    if shared < _ALIKE and max(sizes) <= _LONGEST_COMPARED:
        matcher = SequenceMatcher(None, released, handed_in, autojunk=False)
        if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE:
            return matcher.ratio()
    return shared


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
