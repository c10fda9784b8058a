"""The layout: left to right, nothing on top of anything, few crossings."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.worksheets.layout import PAGE_WIDTH, Box, Layout, Wire, arrange, isotonic, spaced
from chainrule.worksheets.ordering import columns_of

from .examples import GRAPHS

sizes = st.floats(4, 60)


@st.composite
def dags(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    """Every node with its inputs, up to four and some of them twice."""
    inputs: dict[str, tuple[str, ...]] = {}
    for index in range(draw(st.integers(1, 14))):
        earlier = st.sampled_from(list(inputs)) if inputs else st.nothing()
        inputs[f"n{index}"] = tuple(draw(st.lists(earlier, max_size=4))) if inputs else ()
    return inputs


@st.composite
def boxed_dags(draw: st.DrawFn) -> tuple[dict[str, Box], dict[str, tuple[str, ...]]]:
    inputs = draw(dags())
    boxes = {
        name: Box(draw(sizes), draw(sizes), draw(sizes), leaf=not sources)
        for name, sources in inputs.items()
    }
    return boxes, inputs


def even(inputs: dict[str, tuple[str, ...]]) -> Layout:
    boxes = {name: Box(50, 12, 18, leaf=not sources) for name, sources in inputs.items()}
    return arrange(boxes, inputs)


def course(wire: Wire) -> np.ndarray:
    """Points along a wire, which leaves and arrives level as the figure draws it."""
    (x0, y0), (x1, y1) = wire.start, wire.end
    t = np.linspace(0, 1, 33)[:, None]
    middle = (x0 + x1) / 2
    corners = np.array([[x0, y0], [middle, y0], [middle, y1], [x1, y1]])
    weights = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
    return weights @ corners


def crossings(layout: Layout) -> int:
    """How many pairs of lines that carry different values cross."""
    count = 0
    for one, other in combinations(layout.wires, 2):
        if one.source != other.source and one.start[0] == other.start[0]:
            apart = course(one)[:, 1] - course(other)[:, 1]
            count += bool(apart[0] * apart[-1] < 0)
    return count


@given(dags())
def test_every_input_stands_in_a_column_before_its_use(inputs) -> None:
    column = columns_of(inputs)
    for name, sources in inputs.items():
        assert all(column[source] < column[name] for source in sources)


@given(dags())
def test_a_leaf_stands_right_before_its_first_use(inputs) -> None:
    column = columns_of(inputs)
    for name, sources in inputs.items():
        uses = [column[use] for use, its in inputs.items() if name in its]
        if not sources and uses:
            assert column[name] == min(uses) - 1


@given(boxed_dags())
def test_no_two_boxes_overlap_and_all_are_on_the_page(case) -> None:
    boxes, inputs = case
    layout = arrange(boxes, inputs)
    rooms = []
    for name, box in boxes.items():
        place = layout.places[name]
        rooms.append((place.left, place.right, place.y - box.above, place.y + box.below))
    for left, right, top, bottom in rooms:
        assert 0 < left < right < layout.width
        assert 0 < top < bottom < layout.height
    for one, other in combinations(rooms, 2):
        beside = one[1] <= other[0] or other[1] <= one[0]
        assert beside or one[3] < other[2] + 1e-6 or other[3] < one[2] + 1e-6


@given(boxed_dags())
def test_no_line_runs_through_a_box(case) -> None:
    boxes, inputs = case
    layout = arrange(boxes, inputs)
    for wire in layout.wires:
        x, y = course(wire).T
        for name, box in boxes.items():
            place = layout.places[name]
            inside = (place.left + 0.01 < x) & (x < place.right - 0.01)
            inside &= (place.y - box.above < y) & (y < place.y + box.below)
            assert not inside.any()


@given(boxed_dags())
def test_every_argument_is_joined_to_the_node_it_comes_from(case) -> None:
    boxes, inputs = case
    layout = arrange(boxes, inputs)
    starts = {(wire.source, wire.end): wire.start for wire in layout.wires if wire.target is None}
    arrived = []
    for wire in layout.wires:
        if wire.target is None:
            continue
        point = wire.start
        while (wire.source, point) in starts:
            point = starts[wire.source, point]
        source = layout.places[wire.source]
        assert point == (source.right, source.y)
        assert inputs[wire.target][wire.argument] == wire.source
        arrived.append((wire.target, wire.argument))
    wanted = [(name, row) for name, sources in inputs.items() for row in range(len(sources))]
    assert sorted(arrived) == sorted(wanted)


@given(dags())
def test_the_same_graph_is_laid_out_the_same_way_again(inputs) -> None:
    assert even(inputs) == even(inputs)


@given(st.integers(1, 4), st.data())
def test_a_tree_has_no_crossing_and_its_arguments_arrive_in_order(depth, data) -> None:
    inputs: dict[str, tuple[str, ...]] = {}

    def grow(level: int) -> str:
        count = data.draw(st.integers(0, 3)) if level else 0
        sources = tuple(grow(level - 1) for _ in range(count))
        name = f"n{len(inputs)}"
        inputs[name] = sources
        return name

    grow(depth)
    layout = even(inputs)
    assert crossings(layout) == 0
    for name in inputs:
        arrivals = sorted((w for w in layout.wires if w.target == name), key=lambda w: w.end[1])
        assert [wire.argument for wire in arrivals] == list(range(len(inputs[name])))


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("worked_example", 0),
        ("exponential_neuron", 0),
        ("sigmoid_neuron", 0),
        ("fan_out", 0),
        ("matrix_network", 0),
        ("odd_shapes", 1),
        ("scalar_network", 13),
    ],
)
def test_lines_of_a_lecture_graph_cross_no_more_than_they_must(name, most) -> None:
    assert crossings(even({node.id: node.inputs for node in GRAPHS[name].nodes})) <= most


def test_crossed_lines_are_counted() -> None:
    inputs = {"a": (), "b": (), "s": ("a", "b"), "t": ("a", "b"), "u": ("a", "b")}
    assert crossings(even(inputs)) > 0


def test_a_chain_is_one_straight_line() -> None:
    names = [f"n{index}" for index in range(8)]
    inputs = {name: tuple(names[index - 1 : index]) for index, name in enumerate(names)}
    heights = {round(place.y, 3) for place in even(inputs).places.values()}
    assert len(heights) == 1


def test_an_operation_stands_midway_between_its_two_leaves() -> None:
    places = even({"a": (), "b": (), "c": ("a", "b")}).places
    assert places["c"].y == pytest.approx((places["a"].y + places["b"].y) / 2)


def test_columns_move_together_to_fit_a_page_as_long_as_they_can() -> None:
    inputs = {node.id: node.inputs for node in GRAPHS["fan_out"].nodes}

    def width(box: float) -> float:
        boxes = {name: Box(box, 12, 18, leaf=not sources) for name, sources in inputs.items()}
        return arrange(boxes, inputs).width

    assert width(50) < PAGE_WIDTH
    assert width(55) == pytest.approx(PAGE_WIDTH)
    assert width(60) > PAGE_WIDTH


numbers = st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=12)


@given(numbers, st.data())
def test_isotonic_regression_is_the_nearest_non_decreasing_sequence(wanted, data) -> None:
    weight = data.draw(st.lists(st.floats(0.1, 10), min_size=len(wanted), max_size=len(wanted)))
    wanted, weight = np.array(wanted), np.array(weight)
    fit = isotonic(wanted, weight)
    assert (np.diff(fit) >= 0).all()
    # The conditions for a projection on the cone of non-decreasing sequences: what is left
    # over is orthogonal to the fit and to constants, and does not point into the cone.
    left_over = weight * (wanted - fit)
    assert left_over @ fit == pytest.approx(0, abs=1e-4)
    tails = np.cumsum(left_over[::-1])[::-1]
    assert tails[0] == pytest.approx(0, abs=1e-6)
    assert (tails <= 1e-6).all()


@given(numbers, st.data())
def test_spacing_keeps_the_gaps_and_leaves_alone_what_has_room(wanted, data) -> None:
    count = len(wanted) - 1
    gaps = np.array(data.draw(st.lists(st.floats(1, 50), min_size=count, max_size=count)))
    wanted = np.array(wanted)
    heights = spaced(wanted, np.ones(len(wanted)), gaps)
    assert (np.diff(heights) >= gaps - 1e-9).all()
    assert spaced(heights, np.ones(len(wanted)), gaps) == pytest.approx(heights)
