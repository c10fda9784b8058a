"""Where the nodes of a computation graph stand on the page, from left to right.

The second half of a layered layout (the first is `ordering`): each column is
spaced by isotonic regression, which keeps boxes apart and moves them as
little as it can from where their neighbours want them. Lines bend only
between columns, so a box that holds its labels is never crossed. All lengths
are points (1/72 inch); y grows downwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from chainrule.worksheets.ordering import Link, Slot, columns_of, links_of, sorted_columns

PAGE_WIDTH = 468.0
"""6.5 inches: the text width of a US letter page with one-inch margins."""

PORT_STEP = 5.0
"""Distance between two lines that arrive at the same node."""

MARGIN = 6.0
BOX_GAP = 6.0
LINE_ROOM = 2.5  # above and below a line that passes a column
BEND, BEND_MOST, BEND_LEAST = 15.0, 34.0, 11.0  # between columns: usual, steep, tight
STRAIGHT = 5.0  # between columns where no line bends
SWEEPS = 12  # there and back


@dataclass(frozen=True)
class Box:
    """The room a node needs: its width, and how far it reaches above and below its line.

    A leaf stands flush right in its column, an operation flush left.
    """

    width: float
    above: float
    below: float
    leaf: bool = False


@dataclass(frozen=True)
class Place:
    """Where a node stands: the left end of its box, its line's height and its line's right end."""

    left: float
    y: float
    right: float


@dataclass(frozen=True)
class Wire:
    """A piece of line between two columns or across one.

    `source` is the node whose value it carries. Where the piece arrives at a
    node, that is `target`, and `argument` says as which of its inputs.
    """

    source: str
    start: tuple[float, float]
    end: tuple[float, float]
    target: str | None = None
    argument: int | None = None


@dataclass(frozen=True)
class Layout:
    """A finished layout. `forks` are the points where a line divides."""

    width: float
    height: float
    places: Mapping[str, Place]
    wires: tuple[Wire, ...]
    forks: tuple[tuple[float, float], ...]


def arrange(boxes: Mapping[str, Box], inputs: Mapping[str, Sequence[str]]) -> Layout:
    """Lay a graph out. `inputs` lists every node with its inputs, inputs before their use."""
    if not inputs:
        return Layout(2 * MARGIN, 2 * MARGIN, {}, (), ())
    column = columns_of(inputs)
    links = links_of(inputs, column)
    order = sorted_columns(column, links)
    room = {
        (name, at): boxes[name] if column[name] == at else Box(0, LINE_ROOM, LINE_ROOM)
        for slots in order
        for name, at in slots
    }
    ports = _ports(order, links)
    y = _heights(order, links, ports, room)
    top = min(y[slot] - room[slot].above for slot in y) - MARGIN
    bottom = max(y[slot] + room[slot].below for slot in y) + MARGIN
    rises = [0.0] * len(order)
    for link in links:
        at = link.end[1]
        rises[at] = max(rises[at], abs(y[link.end] + ports[link] - y[link.start]))
    left, right = _columns([max(room[slot].width for slot in slots) for slots in order], rises)

    places, wires, leaving = {}, [], {}
    for (name, at), height in y.items():
        if column[name] == at:
            box = boxes[name]
            places[name] = Place(
                right[at] - box.width if box.leaf else left[at], height - top, right[at]
            )
        else:
            wires.append(Wire(name, (left[at], height - top), (right[at], height - top)))
    for link in links:
        start = (right[link.start[1]], y[link.start] - top)
        end = (left[link.end[1]], y[link.end] + ports[link] - top)
        target = None if link.argument is None else link.end[0]
        wires.append(Wire(link.start[0], start, end, target, link.argument))
        leaving[start] = leaving.get(start, 0) + 1
    forks = tuple(point for point, count in leaving.items() if count > 1)
    return Layout(right[-1] + MARGIN, bottom - top, places, tuple(wires), forks)


def _columns(widths: Sequence[float], rises: Sequence[float]) -> tuple[list[float], list[float]]:
    """Left and right ends of the columns; steep lines get room, up to the width of a page."""
    bends = [STRAIGHT if rise < 0.5 else min(BEND_MOST, BEND + 0.1 * rise) for rise in rises]
    bends[0] = 0.0
    excess = 2 * MARGIN + sum(widths) + sum(bends) - PAGE_WIDTH
    slack = sum(max(0.0, bend - BEND_LEAST) for bend in bends)
    if excess > 0 and slack > 0:
        share = min(1.0, excess / slack)
        bends = [bend - share * max(0.0, bend - BEND_LEAST) for bend in bends]
    left, right, x = [], [], MARGIN
    for width, bend in zip(widths, bends, strict=True):
        left.append(x + bend)
        x += bend + width
        right.append(x)
    return left, right


def _ports(order: list[list[Slot]], links: Sequence[Link]) -> dict[Link, float]:
    """How far from its node's line each link arrives: those from above arrive above."""
    row_of = {slot: row for slots in order for row, slot in enumerate(slots)}
    arriving: dict[Slot, list[Link]] = {}
    for link in links:
        arriving.setdefault(link.end, []).append(link)
    ports = {}
    for ends in arriving.values():
        ends.sort(key=lambda link: (row_of[link.start], link.argument or 0))
        for row, link in enumerate(ends):
            ports[link] = PORT_STEP * (row - (len(ends) - 1) / 2)
    return ports


Pull = tuple[Slot, float, float]
"""A neighbour, the offset from its line at which this slot wants to stand, and how much."""


def _heights(
    order: list[list[Slot]],
    links: Sequence[Link],
    ports: Mapping[Link, float],
    room: Mapping[Slot, Box],
) -> dict[Slot, float]:
    """The height of every slot's line: near its neighbours, its box clear of the others."""
    into: dict[Slot, list[Pull]] = {slot: [] for slot in room}
    out: dict[Slot, list[Pull]] = {slot: [] for slot in room}
    arrivals = Counter(link.end for link in links)
    for link in links:
        # A line that only passes, and the one line into a node, should be straight;
        # a node stands in the middle of its inputs rather than near its use.
        straight = 8.0 if link.argument is None else 4.0 if arrivals[link.end] == 1 else 1.0
        out[link.start].append((link.end, ports[link], straight))
        into[link.end].append((link.start, -ports[link], max(straight, 3.0)))
    gaps = [
        [room[a].below + BOX_GAP + room[b].above for a, b in pairwise(slots)] for slots in order
    ]
    y: dict[Slot, float] = {}
    for slots, gap in zip(order, gaps, strict=True):
        stack = list(accumulate(gap, initial=0.0))
        y.update((slot, height - stack[-1] / 2) for slot, height in zip(slots, stack, strict=True))

    def settle(number: int, wishes: Sequence[tuple[float, float]]) -> None:
        wanted, weight = zip(*wishes, strict=True)
        y.update(zip(order[number], spaced(wanted, weight, gaps[number]), strict=True))

    def between(slot: Slot, pulls: list[Pull]) -> float:
        total = sum(weight for _, _, weight in pulls)
        if not pulls:
            return y[slot]
        return sum((y[other] + offset) * weight for other, offset, weight in pulls) / total

    def balance(slot: Slot) -> tuple[float, float]:
        pulls = into[slot] + out[slot]
        return between(slot, pulls), sum(weight for _, _, weight in pulls) or 0.1

    # What slopes the sweeps leave is taken out: each slot as high as the one line into it,
    # then, where that was not possible, as the one line out of it. Leaves give way.
    def follow(slot: Slot) -> tuple[float, float]:
        one = _follows(slot, into, out)
        return between(slot, into[slot] if one else []), 50.0 if one else 1.0

    def lead(slot: Slot) -> tuple[float, float]:
        one = _leads(slot, into, out)
        weight = 0.01 if not into[slot] else 1e4 if one else 50.0
        return between(slot, out[slot] if one else []), weight

    forwards = range(len(order))
    backwards = forwards[::-1]
    for numbers, wish in [(backwards, balance), (forwards, balance)] * SWEEPS + [
        (forwards, follow),
        (backwards, lead),
    ]:
        for number in numbers:
            settle(number, [wish(slot) for slot in order[number]])
    return y


def _follows(slot: Slot, into: Mapping[Slot, list[Pull]], out: Mapping[Slot, list[Pull]]) -> bool:
    """Whether the slot has one line in, or only leaves that serve nothing else."""
    sources = [source for source, _, _ in into[slot]]
    return len(sources) == 1 or (
        bool(sources) and all(not into[source] and len(out[source]) == 1 for source in sources)
    )


def _leads(slot: Slot, into: Mapping[Slot, list[Pull]], out: Mapping[Slot, list[Pull]]) -> bool:
    """Whether the slot has one line out, and is a leaf or has that line's end to itself."""
    return len(out[slot]) == 1 and (not into[slot] or len(into[out[slot][0][0]]) == 1)


def spaced(wanted: Sequence[float], weight: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """The heights nearest to `wanted` (weighted least squares) at least `gaps` apart, in order."""
    offsets = list(accumulate(gaps, initial=0.0))
    free = isotonic([want - offset for want, offset in zip(wanted, offsets, strict=True)], weight)
    return [height + offset for height, offset in zip(free, offsets, strict=True)]


# Plain floats: of a dozen numbers, arrays would cost more to make than to work out.
def isotonic(wanted: Sequence[float], weight: Sequence[float]) -> list[float]:
    """The non-decreasing sequence nearest to `wanted`, by pooling adjacent violators.

    Ayer, Brunk, Ewing, Reid and Silverman (1955), "An empirical distribution
    function for sampling with incomplete information".
    """
    pools: list[tuple[float, float, int]] = []  # mean, weight, length
    for mean, total in zip(wanted, weight, strict=True):
        length = 1
        while pools and pools[-1][0] > mean:
            other, other_total, other_length = pools.pop()
            mean = (mean * total + other * other_total) / (total + other_total)
            total, length = total + other_total, length + other_length
        pools.append((mean, total, length))
    return [mean for mean, _, length in pools for _ in range(length)]
