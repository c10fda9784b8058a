"""The figure: readable, faithful to what was written, and a good neighbour in a notebook."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import combinations, pairwise
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from hypothesis import given, settings

from chainrule.worksheets import Graph, Node, Worksheet
from chainrule.worksheets.drawing import figure, to_png, to_svg, to_text
from chainrule.worksheets.labels import (
    name_label,
    number_text,
    plain,
    symbol_label,
    value_text,
)

from .examples import GRAPHS, worked_example
from .strategies import graphs

SVG = "{http://www.w3.org/2000/svg}"
every_example = pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS)


def text_boxes(drawn) -> list[tuple[str, np.ndarray]]:
    """Every text of the figure with its ink's bounds in points: left, bottom, right, top."""
    renderer = drawn.canvas.get_renderer()
    boxes = []
    for text in drawn.axes[0].texts:
        bounds = text.get_window_extent(renderer).extents * 72 / drawn.dpi
        boxes.append((text.get_text(), bounds))
    return boxes


def overlap(one: np.ndarray, other: np.ndarray, slack: float) -> bool:
    return bool(
        min(one[2], other[2]) - max(one[0], other[0]) > slack
        and min(one[3], other[3]) - max(one[1], other[1]) > slack
    )


def svg_texts(graph: Graph) -> list[str]:
    root = ElementTree.fromstring(to_svg(graph))
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def kinds(graph: Graph, kind: str) -> int:
    """How many marks of a kind the figure has."""
    axes = figure(graph).axes[0]
    lines = [len(some.get_paths()) for some in axes.collections if some.get_gid() == kind]
    return sum(lines) + sum(text.get_gid() == kind for text in axes.texts)


# -- readable -------------------------------------------------------------------------------


@every_example
def test_no_text_touches_another(graph) -> None:
    check_that_no_text_touches_another(graph)


@settings(max_examples=12, deadline=None)
@given(graphs())
def test_no_text_touches_another_in_any_graph(graph) -> None:
    check_that_no_text_touches_another(graph)


def check_that_no_text_touches_another(graph: Graph) -> None:
    drawn = figure(graph)
    drawn.set_dpi(288)  # measured four times finer than a point
    for (a, one), (b, other) in combinations(text_boxes(drawn), 2):
        assert not overlap(one, other, slack=0.6), f"{a!r} is on top of {b!r}"


@every_example
def test_every_text_is_inside_the_figure(graph) -> None:
    drawn = figure(graph)
    width, height = drawn.get_size_inches() * 72
    for text, (left, bottom, right, top) in text_boxes(drawn):
        assert left >= 0, text
        assert bottom >= 0, text
        assert right <= width, text
        assert top <= height, text


@every_example
def test_no_line_runs_through_a_text(graph) -> None:
    drawn = figure(graph)
    drawn.set_dpi(288)
    boxes = text_boxes(drawn)
    lines = [
        (some.get_gid(), some.get_transform().transform_path(path).interpolated(1))
        for some in drawn.axes[0].collections
        for path in some.get_paths()
        if some.get_gid() != "node"  # whose sign stands inside
    ]
    assert lines
    for kind, path in lines:
        corners = path.to_polygons(closed_only=False)[0] * 72 / drawn.dpi
        steps = np.linspace(0, 1, 60)
        points = np.concatenate([a + steps[:, None] * (b - a) for a, b in pairwise(corners)])
        for text, (left, bottom, right, top) in boxes:
            x, y = points.T
            hit = (left + 0.3 < x) & (x < right - 0.3) & (bottom + 0.3 < y) & (y < top - 0.3)
            assert not hit.any(), f"{kind} through {text!r}"


def test_a_ten_node_graph_fits_the_text_width_of_a_page_in_natural_size() -> None:
    assert figure(GRAPHS["exponential_neuron_filled"]).get_size_inches()[0] <= 6.5


def test_the_order_of_arguments_is_marked_only_where_they_arrive_swapped() -> None:
    sheet = Worksheet()
    x, y = sheet.inputs("x", "y")
    x - y
    assert kinds(sheet.graph(), "order") == 0
    # Two differences of the same two leaves: whichever leaf stands on top, one is swapped.
    y - x
    assert kinds(sheet.graph(), "order") == 2


def test_a_value_used_twice_has_a_point_where_its_line_divides() -> None:
    assert kinds(GRAPHS["worked_example"], "fork") == 0
    assert kinds(GRAPHS["fan_out"], "fork") == 1


# -- faithful -------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_the_svg_is_well_formed_and_shows_every_number_name_and_sign(graph) -> None:
    texts = svg_texts(graph)
    for node in graph.nodes:
        assert node.op == "constant" or plain(name_label(node.id)) in texts
        assert node.op == "input" or plain(symbol_label(node)) in texts
        for written in (node.value, node.grad):
            if isinstance(written, float):
                assert any(same_number(text, written) for text in texts)


def same_number(text: str, number: float) -> bool:
    """Whether the text reads as the number, to four digits."""
    read = re.fullmatch(r"(−?[\d.]+?)??(?:·?(−?)10(−?\d+))?", text)
    try:
        plainly = float(text.replace("−", "-"))
    except ValueError:
        plainly = None
    if plainly is not None and plainly == pytest.approx(number, rel=6e-4, abs=0):
        return True
    if read is None or read[3] is None:
        return False
    digits = float((read[1] or "1").replace("−", "-")) * (-1 if read[2] else 1)
    value = float(f"{digits}e{read[3].replace('−', '-')}")
    return value == pytest.approx(number, rel=6e-4, abs=0)


@settings(max_examples=30, deadline=None)
@given(graphs())
def test_the_figure_is_the_same_text_for_the_same_graph(graph) -> None:
    assert to_svg(graph) == to_svg(Graph.from_dict(graph.to_dict()))


def test_the_png_is_the_same_bytes_for_the_same_graph() -> None:
    assert to_png(GRAPHS["fan_out"], 100) == to_png(GRAPHS["fan_out"], 100)
    assert to_png(GRAPHS["fan_out"]).startswith(b"\x89PNG")


def test_a_graph_without_numbers_has_no_blanks() -> None:
    assert kinds(GRAPHS["exponential_neuron"], "blank") == 0


def test_one_written_value_shows_the_other_values_as_blanks_and_no_gradients() -> None:
    sheet = Worksheet()
    x, y = sheet.inputs("x", "y")
    sheet.add(x, y, sheet.constant(2))
    sheet.write_values(x=3)
    assert kinds(sheet.graph(), "value") == 1
    assert kinds(sheet.graph(), "blank") == 2  # y and the sum, not the fixed number
    assert kinds(sheet.graph(), "gradient") == 0


def test_a_class_number_has_no_blank_gradient() -> None:
    lines = to_text(GRAPHS["matrix_network"]).splitlines()
    assert "y, an input: value 0" in lines
    assert kinds(GRAPHS["matrix_network"], "blank") == 3  # of b1, u and v


def test_values_stand_above_their_line_upright_and_gradients_below_it_slanted() -> None:
    axes = figure(GRAPHS["worked_example"]).axes[0]
    at = {kind: [t for t in axes.texts if t.get_gid() == kind] for kind in ("value", "gradient")}
    for value, gradient in zip(at["value"], at["gradient"], strict=True):
        assert value.get_position()[1] < gradient.get_position()[1]  # y grows downwards
        assert value.get_style() == "normal"
        assert gradient.get_style() == "italic"
        assert value.get_color() != gradient.get_color()


def test_a_worksheet_is_read_out_line_by_line() -> None:
    sheet = worked_example()
    sheet.write_gradients(q=None)
    assert to_text(sheet.graph()).splitlines() == [
        "Computation graph: f(x, y, z) = (x + y) z. 5 nodes, inputs before their use.",
        "x, an input: value −2, gradient −4",
        "y, an input: value 5, gradient −4",
        "z, an input: value −4, gradient 3",
        "q = x + y: value 3, gradient blank",
        "f = q × z: value −12, gradient 1",
    ]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (3.0, "3"),
        (-12.0, "−12"),
        (0.25, "0.25"),
        (1 / 3, "0.3333"),
        (123456.0, "123456"),
        (12345.678, "12346"),
        (9.99996, "10"),
        (0.0001, "0.0001"),
        (1e-5, "10⁻⁵"),
        (-1.88e-12, "−1.88·10⁻¹²"),
        (1.5e9, "1.5·10⁹"),
    ],
)
def test_a_number_is_short_and_has_a_true_minus_sign(number, text) -> None:
    assert number_text(number) == text


@pytest.mark.parametrize(
    ("name", "runs"),
    [
        ("x", [("x", 0, True)]),
        ("w1", [("w", 0, True), ("1", -1, False)]),
        ("w_1", [("w", 0, True), ("1", -1, False)]),
        ("dW_1", [("dW", 0, False), ("1", -1, False)]),
        ("h_out", [("h", 0, True), ("out", -1, False)]),
        ("loss", [("loss", 0, False)]),
        ("multiply_constant1", [("multiply_constant1", 0, False)]),
        ("_x", [("_x", 0, False)]),
    ],
)
def test_a_name_is_set_as_in_mathematics(name, runs) -> None:
    assert [(run.text, run.shift, run.italic) for run in name_label(name)] == runs


@pytest.mark.parametrize(
    ("op", "constant", "sign"),
    [
        ("add_constant", 1, "+1"),
        ("add_constant", -1, "−1"),
        ("multiply_constant", 2, "×2"),
        ("multiply_constant", -0.5, "×(−0.5)"),
        ("power", 0.5, "x0.5"),
        ("negate", None, "×(−1)"),
        ("reciprocal", None, "1/x"),
        ("softmax", None, "softmax"),
    ],
)
def test_an_operation_shows_its_sign_with_its_constant(op, constant, sign) -> None:
    assert plain(symbol_label(Node("a", op, ("x",), constant=constant))) == sign


def test_the_exponent_of_a_power_is_raised() -> None:
    assert [run.shift for run in symbol_label(Node("a", "power", ("x",), constant=2.0))] == [0, 1]


def test_points_of_a_column_line_up_and_large_arrays_are_cut() -> None:
    sheet = Worksheet()
    sheet.input("x")
    sheet.write_values(x=[0, 0.25, -1.5])
    assert {"0.00", "0.25", "−1.50"} <= set(svg_texts(sheet.graph()))
    sheet.write_values(x=None)
    sheet.input("big")
    sheet.write_values(big=[[row * 100 + column for column in range(60)] for row in range(60)])
    texts = svg_texts(sheet.graph())
    assert {"0", "5959", "⋮", "⋯"} <= set(texts)
    assert len(texts) < 50
    assert value_text(sheet.graph()["big"].value) == "a 60×60 matrix"


# -- a good neighbour -----------------------------------------------------------------------


def test_a_screen_reader_finds_title_and_description() -> None:
    root = ElementTree.fromstring(to_svg(GRAPHS["worked_example"]))
    assert root.get("role") == "img"
    described = {element.get("id"): element for element in root.iter() if element.get("id")}
    title, description = (described[name] for name in root.get("aria-labelledby").split())
    assert title.tag == f"{SVG}title"
    assert "(x + y) z" in title.text
    assert description.text == to_text(GRAPHS["worked_example"])


def test_two_worksheets_on_a_page_share_no_id_and_leak_no_style() -> None:
    ids = []
    for graph in GRAPHS.values():
        svg = to_svg(graph)
        ids += re.findall(r'\bid="([^"]*)"', svg)
        assert "<style" not in svg
        assert "class=" not in svg
    assert len(ids) == len(set(ids)) == 2 * len(GRAPHS)


def test_characters_that_xml_cannot_hold_do_not_break_the_figure() -> None:
    graph = Graph("a < b & c \x00\ud800 ]]>", (Node("x", "input"),))
    root = ElementTree.fromstring(to_svg(graph))
    assert root.find(f"{SVG}title").text == "Computation graph: a < b & c ]]>"
    assert to_png(graph).startswith(b"\x89PNG")


def test_an_empty_worksheet_can_be_drawn() -> None:
    assert ElementTree.fromstring(to_svg(Worksheet().graph())).tag == f"{SVG}svg"
    assert to_png(Worksheet().graph()).startswith(b"\x89PNG")


def test_the_students_plot_settings_neither_change_nor_count() -> None:
    plain_png = to_png(GRAPHS["worked_example"], 100)
    mine = {
        "font.size": 30,
        "axes.facecolor": "red",
        "savefig.bbox": "tight",
        "savefig.transparent": True,
        "path.sketch": (5, 10, 2),
        "figure.autolayout": True,
        "lines.antialiased": False,
    }
    with matplotlib.rc_context(mine):
        before = dict(matplotlib.rcParams)
        assert to_png(GRAPHS["worked_example"], 100) == plain_png
        assert dict(matplotlib.rcParams) == before


def test_drawing_does_not_start_pyplot() -> None:
    code = (
        "import sys; from chainrule.worksheets import Worksheet; w = Worksheet(); "
        "w.input('x') + 1; w.png(); w.svg(); "
        "sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_importing_worksheets_does_not_import_matplotlib() -> None:
    code = "import sys, chainrule.worksheets; sys.exit('matplotlib' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
