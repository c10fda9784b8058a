"""Which column each node of a graph stands in, and in which order from top to bottom.

The first half of a layered layout (Sugiyama, Tagawa and Toda, 1981): every
node right of its inputs, a place in each column for a line that passes it,
and columns sorted until few lines cross.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

SWEEPS = 12

Slot = tuple[str, int]
"""A place in a column: a node, or its line on the way to a later column."""


@dataclass(frozen=True)
class Link:
    """A step of a line from one column to the next; `argument` is None on the way.

    At its end, `argument` says as which of the node's inputs it arrives.
    """

    start: Slot
    end: Slot
    argument: int | None = None


def columns_of(inputs: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The column of each node: after its inputs, and a leaf right before its first use.

    Longest path from the leaves; then a part of the graph that nothing else
    uses moves right, next to what uses it.
    """
    column: dict[str, int] = {}
    uses: dict[str, list[str]] = {name: [] for name in inputs}
    movable: dict[str, bool] = {}
    for name, sources in inputs.items():
        column[name] = 1 + max((column[source] for source in sources), default=-1)
        for source in dict.fromkeys(sources):
            uses[source].append(name)
    for name, sources in inputs.items():
        movable[name] = all(
            not inputs[source] or (movable[source] and len(uses[source]) == 1) for source in sources
        )
    for name in reversed(inputs):
        if uses[name] and movable[name]:
            column[name] = min(column[use] for use in uses[name]) - 1
    return column


def links_of(inputs: Mapping[str, Sequence[str]], column: Mapping[str, int]) -> list[Link]:
    """Every line cut at the columns; the lines of one source run together as far as they can."""
    links: dict[Link, None] = {}
    for name, sources in inputs.items():
        for argument, source in enumerate(sources):
            last = column[name] - 1
            for at in range(column[source], last):
                links[Link((source, at), (source, at + 1))] = None
            links[Link((source, last), (name, column[name]), argument)] = None
    return list(links)


def sorted_columns(column: Mapping[str, int], links: Sequence[Link]) -> list[list[Slot]]:
    """The slots of every column from top to bottom, with few crossings.

    Starts from a walk back from the outputs, which draws a tree without a
    crossing and with arguments in their order; then barycentre sweeps and
    exchanges of neighbours, keeping the best.
    """
    before: dict[Slot, list[Slot]] = {(name, at): [] for name, at in column.items()}
    after: dict[Slot, list[Slot]] = {slot: [] for slot in before}
    for link in links:
        before.setdefault(link.end, []).append(link.start)
        after.setdefault(link.start, []).append(link.end)
        before.setdefault(link.start, [])
        after.setdefault(link.end, [])
    order: list[list[Slot]] = [[] for _ in range(1 + max(column.values()))]
    seen: set[Slot] = set()

    def walk(slot: Slot) -> None:
        if slot not in seen:
            seen.add(slot)
            for source in before[slot]:
                walk(source)
            order[slot[1]].append(slot)

    for slot in [slot for slot in before if not after[slot]]:
        walk(slot)
    best, fewest = order, _cost(order, before)
    for sweep in range(SWEEPS):
        if fewest == (0, 0):
            break
        near = before if sweep % 2 == 0 else after
        order = _swept(order, near, forwards=sweep % 2 == 0)
        order = _exchanged(order, before, after)
        cost = _cost(order, before)
        if cost < fewest:
            best, fewest = order, cost
    return best


def _cost(order: list[list[Slot]], before: Mapping[Slot, list[Slot]]) -> tuple[int, int]:
    """Crossings, then pairs of arguments that arrive upside down."""
    crossings = swapped = 0
    for left, right in pairwise(order):
        at = {slot: row for row, slot in enumerate(left)}
        ends = [(at[source], row) for row, slot in enumerate(right) for source in before[slot]]
        if ends:
            a, b = np.array(ends).T
            crossings += int(((a[:, None] < a) & (b[:, None] > b)).sum())
        for slot in right:
            rows = [at[source] for source in before[slot]]
            swapped += sum(x > y for x, y in pairwise(rows))
    return crossings, swapped


def _swept(
    order: list[list[Slot]], near: Mapping[Slot, list[Slot]], forwards: bool
) -> list[list[Slot]]:
    """Every column sorted by the mean row of its neighbours in the column done before it."""
    order = [list(slots) for slots in order]
    at: dict[Slot, float] = {}
    for slots in order if forwards else reversed(order):
        wish = {
            slot: float(np.mean([at[other] for other in near[slot]])) if near[slot] else float(row)
            for row, slot in enumerate(slots)
        }
        slots.sort(key=wish.__getitem__)
        at.update({slot: row for row, slot in enumerate(slots)})
    return order


def _exchanged(
    order: list[list[Slot]], before: Mapping[Slot, list[Slot]], after: Mapping[Slot, list[Slot]]
) -> list[list[Slot]]:
    """Neighbours in a column change places wherever that takes crossings away."""
    at = {slot: row for slots in order for row, slot in enumerate(slots)}

    def crossings(upper: Slot, lower: Slot) -> int:
        return sum(
            at[a] > at[b] for near in (before, after) for a in near[upper] for b in near[lower]
        )

    for _ in range(4):
        moved = False
        for slots in order:
            for row in range(len(slots) - 1):
                upper, lower = slots[row], slots[row + 1]
                if crossings(lower, upper) < crossings(upper, lower):
                    slots[row], slots[row + 1] = lower, upper
                    at[upper], at[lower] = row + 1, row
                    moved = True
        if not moved:
            break
    return order
