"""What newcomers type, and the message that says what to type instead."""

from __future__ import annotations

import copy
import math
import pickle

import nbclient
import nbformat
import numpy as np
import pytest

from chainrule import Derivation, Worksheet, WorksheetError


@pytest.fixture
def sheet() -> Worksheet:
    graph = Worksheet("w x + b")
    w, x, _ = graph.inputs("w", "x", "b")
    graph.multiply(w, x, name="p")
    return graph


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        (lambda g, w, x: np.exp(x), ["np.exp", "graph.exp(x)"]),
        (lambda g, w, x: np.add(w, x), ["graph.add(w, x)"]),
        (lambda g, w, x: np.add(w, 3), ["graph.add(w, 3)"]),
        (lambda g, w, x: np.multiply.reduce(np.exp(w)), ["graph.exp(w)"]),
        (lambda g, w, x: np.maximum(w, x), ["graph.max(w, x)"]),
        (lambda g, w, x: np.square(x), ["graph.power(x, 2)"]),
        (lambda g, w, x: np.exp(w * x), ["graph.exp(...)"]),
        (lambda g, w, x: np.tanh(x), ["np.tanh", "no such step"]),
        (lambda g, w, x: math.exp(x), ["math.exp", "graph.exp(x)"]),
        (lambda g, w, x: int(x), ["not a number"]),
        (lambda g, w, x: math.e**x, ["graph.exp(x)"]),
        (lambda g, w, x: np.float64(math.e) ** x, ["graph.exp(x)"]),
        (lambda g, w, x: np.ones(2) @ x, ["'matmul1'", "not an array", "input("]),
        (lambda g, w, x: np.ones(2) * x, ["not an array"]),
        (lambda g, w, x: max(w, x), ["compared", "graph.max(a, b)"]),
        (lambda g, w, x: np.float64(0) < x, ["compared", "graph.relu(a)"]),
        (lambda g, w, x: abs(x), ["absolute value"]),
        (lambda g, w, x: x ^ 2, ["x ** 2"]),
        (lambda g, w, x: (w * x).name("p1"), ['.named("p1")']),
        (lambda g, w, x: setattr(x, "name", "q"), ['.named("q")']),
        (lambda g, w, x: x.exp(), ["no 'exp'", "graph.exp(x)"]),
        (lambda g, w, x: x.nothing_like_it, ["no 'nothing_like_it'"]),
        (lambda g, w, x: g.mult(w, x), ["no 'mult'", "mean multiply?"]),
        (lambda g, w, x: g.sum(w, x), ["mean add?"]),
        (lambda g, w, x: g.plus(w, x), ["mean add?"]),
        (lambda g, w, x: g.times(w, x), ["mean multiply?"]),
        (lambda g, w, x: g.minus(w, x), ["mean subtract?"]),
        (lambda g, w, x: g.div(w, x), ["mean divide?"]),
        (lambda g, w, x: g.substract(w, x), ["mean subtract?"]),
        (lambda g, w, x: g.show(), ["last line of a cell"]),
        (lambda g, w, x: g.p, ['graph["p"]']),
        (lambda g, w, x: g.zzz, ["It has: add, "]),
        (lambda g, w, x: g.write_values(0.5, 0.4), ["names of nodes", "q=3"]),
        (lambda g, w, x: g.write_gradients({"w": 1}, 0.4), ["names of nodes", "q=3"]),
        (lambda g, w, x: g.write_values(p=...), ["'p'", "place to fill in", "number"]),
        (lambda g, w, x: g.add(w, ...), ["place to fill in"]),
        (lambda g, w, x: g.multiply_constant(2, x), ["node comes first", "constant(x, 2)"]),
        (lambda g, w, x: g.power(w, x), ["fixed number, not the node 'x'"]),
        (lambda g, w, x: g.multiply(w, x, "p1"), ['name="p1"']),
        (lambda g, w, x: g.exp(w, x), ["takes 1 input", "'x' is one too many"]),
    ],
)
def test_a_typical_mistake_says_what_to_write_instead(sheet, mistake, words) -> None:
    with pytest.raises(WorksheetError) as caught:
        mistake(sheet, sheet["w"], sheet["x"])
    for word in words:
        assert word in str(caught.value)


def test_a_name_can_only_be_changed_where_the_worksheet_sees_it(sheet) -> None:
    with pytest.raises(WorksheetError):
        sheet["p"].name = "q"
    node = sheet["p"].named("q")
    assert node.name == "q"
    assert "q" in sheet.graph()


def test_what_is_not_there_is_not_there_for_python_either(sheet) -> None:
    assert not hasattr(sheet, "mult")
    assert not hasattr(sheet["x"], "exp")
    assert not hasattr(sheet, "_repr_html_")
    assert copy.deepcopy(sheet).to_dict() == sheet.to_dict()
    assert pickle.loads(pickle.dumps(sheet)).to_dict() == sheet.to_dict()
    assert copy.copy(sheet["x"]).name == "x"


def test_a_number_of_numpy_on_the_left_is_as_good_as_one_of_python(sheet) -> None:
    for made, op in [
        (np.float64(2) + sheet["x"], "add_constant"),
        (np.float64(2) - sheet["x"], "subtract"),
        (np.int64(1) / sheet["x"], "reciprocal"),
        (sheet["x"] * np.float32(2), "multiply_constant"),
    ]:
        assert sheet.graph()[made.name].op == op


def test_a_derivation_means_the_same_with_and_without_its_signs_of_a_derivative() -> None:
    plain, with_d = (Derivation("L/b2", known=["L", "yhat", "b2"]) for _ in range(2))
    plain.write("L/yhat", "yhat/b2")
    with_d.write("dL/dyhat", "dyhat/db2")
    assert with_d.to_dict() == plain.to_dict()


def test_a_notebook_shows_the_students_line_and_the_message_alone() -> None:
    cells = [
        "from chainrule import Worksheet\ng = Worksheet()\nx, y = g.inputs('x', 'y')",
        "a = 1\ng.write_values(x='three')",
        "def helper():\n    return g.mult(x, y)\n\nhelper()",
        "1 / 0",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbclient.NotebookClient(notebook, kernel_name="python3", allow_errors=True).execute()
    text, name, other = (cell.outputs[0] for cell in notebook.cells[1:])
    assert text.ename == "WorksheetError"
    assert text.evalue.startswith("The value of 'x' must be a number")
    assert "\n".join(text.traceback).split("\n") == [
        "----> 2 g.write_values(x='three')",
        "",
        f"WorksheetError: {text.evalue}",
    ]
    assert "----> 2 return g.mult(x, y)" in name.traceback[0]
    assert name.evalue == "A worksheet has no 'mult'. Did you mean multiply?"
    assert len(other.traceback) > 1
