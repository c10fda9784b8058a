"""Building a worksheet: what reads well works, and what is wrong is said at once."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule import Worksheet, WorksheetError


@pytest.fixture
def example() -> Worksheet:
    graph = Worksheet("f(x, y, z) = (x + y) z")
    x, y, z = graph.inputs("x", "y", "z")
    graph.multiply(graph.add(x, y, name="q"), z, name="f")
    return graph


def test_operators_build_the_same_graph_as_methods(example: Worksheet) -> None:
    other = Worksheet("f(x, y, z) = (x + y) z")
    x, y, z = other.inputs("x", "y", "z")
    ((x + y).named("q") * z).named("f")
    assert other.to_dict() == example.to_dict()


@pytest.mark.parametrize(
    ("write", "op", "constant"),
    [
        (lambda a, b: a + 1, "add_constant", 1),
        (lambda a, b: 1 + a, "add_constant", 1),
        (lambda a, b: a - 1, "add_constant", -1),
        (lambda a, b: 1 - a, "subtract", None),
        (lambda a, b: 2 * a, "multiply_constant", 2),
        (lambda a, b: a / b, "divide", None),
        (lambda a, b: 1 / a, "reciprocal", None),
        (lambda a, b: 2 / a, "divide", None),
        (lambda a, b: a / 2, "divide", None),
        (lambda a, b: -a, "negate", None),
        (lambda a, b: a @ b, "matmul", None),
        (lambda a, b: a**3, "power", 3),
        (lambda a, b: np.float64(2) * a, "multiply_constant", 2),
    ],
)
def test_an_operator_adds_the_node_it_stands_for(write, op: str, constant) -> None:
    graph = Worksheet()
    node = write(*graph.inputs("a", "b"))
    made = graph.graph()[node.name]
    assert (made.op, made.constant) == (op, constant)


def test_nothing_is_ever_computed_for_the_student(example: Worksheet) -> None:
    example.write_values(x=-2, y=5, z=-4)
    assert all(example.graph()[name].value is None for name in ("q", "f"))
    assert all(node.grad is None for node in example.graph().nodes)


def test_numpy_arrays_and_lists_are_written_alike() -> None:
    graph = Worksheet()
    graph.input("W")
    graph.write_values(W=np.array([[1, 2], [3, 4]]))
    assert graph.graph()["W"].value == ((1.0, 2.0), (3.0, 4.0))


def test_a_cell_may_be_run_again_and_none_clears_an_entry(example: Worksheet) -> None:
    example.write_values(q=3)
    example.write_values(q=4)
    assert example.graph()["q"].value == 4
    example.write_values(q=None)
    assert example.graph()["q"].value is None


def test_a_bad_entry_is_refused_by_name_and_the_others_are_kept(example: Worksheet) -> None:
    with pytest.raises(WorksheetError, match=r"'f'.*The others are written"):
        example.write_values(q=3, f="twelve", z=-4)
    graph = example.graph()
    assert (graph["q"].value, graph["f"].value, graph["z"].value) == (3, None, -4)


@pytest.mark.parametrize(
    ("write", "words"),
    [
        (lambda g: g.write_values(qq=1), ["'qq'", "x, y, z, q, f"]),
        (lambda g: g.write_values(3), ["names of nodes", "q=3"]),
        (lambda g: g.write_values(q="3"), ["value of 'q'", "without quotes"]),
        (lambda g: g.write_values(q=True), ["value of 'q'", "True"]),
        (lambda g: g.write_values(q=float("nan")), ["value of 'q'", "NaN"]),
        (lambda g: g.write_values(q=float("inf")), ["value of 'q'", "infinite"]),
        (lambda g: g.write_values(q=[]), ["value of 'q'", "empty"]),
        (lambda g: g.write_values(q=[[[1]]]), ["value of 'q'", "not deeper"]),
        (lambda g: g.write_gradients(q=object()), ["gradient of 'q'", "object"]),
        (lambda g: g.add(g["x"], name="s"), ["'s'", "2 or more inputs"]),
        (lambda g: g.add("x", "nowhere", name="s"), ["'s'", "'nowhere'"]),
        (lambda g: g.exp("s", name="s"), ["circle", "s → s"]),
        (lambda g: g.exp(3, name="s"), ["'s'", "the number 3"]),
        (lambda g: g.exp(Worksheet("other").input("x"), name="s"), ["another worksheet", "other"]),
        (lambda g: g.input("x"), ["already a node 'x'"]),
        (lambda g: g.input("my input"), ["'my input'", "cannot name a node"]),
        (lambda g: g["x"].named("y"), ["already a node 'y'"]),
        (lambda g: g.power(g["x"], "two", name="p"), ["constant of 'p'", "'two'"]),
    ],
)
def test_mistakes_get_a_message_that_names_the_node(example: Worksheet, write, words) -> None:
    with pytest.raises(WorksheetError) as caught:
        write(example)
    for word in words:
        assert word in str(caught.value)


def test_the_form_check_counts_what_is_written_and_names_what_is_open(
    example: Worksheet, capsys: pytest.CaptureFixture
) -> None:
    example.write_values(x=-2, y=5, z=-4, q=3)
    example.check_structure("x", "y", "z")
    example.check_values()
    said = capsys.readouterr().out
    assert "2 operations, output 'f'" in said
    assert "4 of 5 values" in said
    assert "'f' has no value" in said


def test_the_form_check_does_not_tell_right_from_wrong(
    example: Worksheet, capsys: pytest.CaptureFixture
) -> None:
    example.write_values(x=-2, y=5, z=-4, q=3, f=-12)
    example.check_values()
    right = capsys.readouterr().out
    example.write_values(q=999, f=-999)
    example.check_values()
    assert capsys.readouterr().out == right


def test_the_form_check_raises_only_when_nothing_is_there(example: Worksheet) -> None:
    empty = Worksheet()
    empty.inputs("x", "y")
    with pytest.raises(WorksheetError, match="no operation"):
        empty.check_structure("x", "y")
    with pytest.raises(WorksheetError, match="No value"):
        example.check_values()
    with pytest.raises(WorksheetError, match="No gradient"):
        example.check_gradients("x")
    example.write_gradients(x=-4)
    example.check_gradients("x")


def test_loose_ends_are_named(example: Worksheet, capsys: pytest.CaptureFixture) -> None:
    example.exp("x", name="loose")
    example.check_structure("x", "y", "z", "w")
    said = capsys.readouterr().out
    assert "the input 'w' is missing" in said
    assert "'f' and 'loose' lead nowhere" in said


def test_a_worksheet_shows_itself_as_a_picture_and_as_text(example: Worksheet) -> None:
    bundle = example._repr_mimebundle_()
    assert bundle["image/svg+xml"].lstrip().startswith("<")
    assert example.png()[:8] == b"\x89PNG\r\n\x1a\n"
    assert "q" in bundle["text/plain"]
    assert "nothing to draw" in Worksheet()._repr_mimebundle_()["text/plain"]


def test_gradients_that_nobody_asks_for_are_not_called_open(
    example: Worksheet, capsys: pytest.CaptureFixture
) -> None:
    example.write_gradients(f=1, q=-4, z=3)
    example.check_gradients(without=("x", "y"))
    assert capsys.readouterr().out == "✓ 3 of 3 gradients written\n"
