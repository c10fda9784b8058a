"""Notebook 2: f = 1 / (1 + e^−(w0·x0 + w1·x1 + w2)), step by step and with σ as one node."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from autograder.checks.worksheets.backward_pass import mark_gradients
from autograder.checks.worksheets.forward_pass import mark_values
from autograder.checks.worksheets.structure import mark_structure
from autograder.checks.worksheets.task import ARITHMETIC, GraphSlip, Task
from autograder.judge.offers import worksheet
from autograder.judge.registry import check
from autograder.judge.trial import Trial
from chainrule.worksheets import Graph, Worksheet
from chainrule.worksheets.graph import Node

GIVEN = {"w0": 1, "x0": 5, "w1": 3, "x1": 8, "w2": -2}
ASKED = ("w0", "w1", "w2", "x0", "x1")
SUMS = ARITHMETIC - {"divide", "reciprocal"}
"""The + × − and +1 of the text."""

COPY_SHARE = 0.1
"""The share of a forward pass that goes with leaving the given numbers as they are."""


# -- graphs: the right ones, and those that students draw instead ---------------------------------


def _sum(graph: Worksheet, bias: bool = True, crossed: bool = False):
    """w0·x0 + w1·x1 + w2, or one of its usual misreadings."""
    w0, x0, w1, x1, w2 = graph.inputs(*GIVEN)
    if crossed:
        x0, x1 = x1, x0
    p0 = graph.multiply(w0, x0, name="p0")
    p1 = graph.multiply(w1, x1, name="p1")
    return graph.add(p0, p1, w2, name="z") if bias else graph.add(p0, p1, name="z")


def _bias_times_sum(graph: Worksheet):
    """(w0·x0 + w1·x1)·w2."""
    w0, x0, w1, x1, w2 = graph.inputs(*GIVEN)
    return ((w0 * x0) + (w1 * x1)) * w2


def _sums_for_products(graph: Worksheet):
    """(w0 + x0) + (w1 + x1) + w2."""
    w0, x0, w1, x1, w2 = graph.inputs(*GIVEN)
    return graph.add(w0 + x0, w1 + x1, w2)


def _half_turned(graph: Worksheet):
    """−w0·x0 + w1·x1 + w2: the minus stands before the first product only."""
    w0, x0, w1, x1, w2 = graph.inputs(*GIVEN)
    return graph.add(-(w0 * x0), w1 * x1, w2)


def _bias_kept(graph: Worksheet):
    """−(w0·x0 + w1·x1) + w2: the minus stands before the products only."""
    w0, x0, w1, x1, w2 = graph.inputs(*GIVEN)
    return -((w0 * x0) + (w1 * x1)) + w2


def _in_steps(z_of: Callable = _sum, sign: int = -1, plus: float | None = 1) -> Worksheet:
    """1 / (plus + e^(sign·z)); without `plus` just 1 / e^(sign·z)."""
    graph = Worksheet()
    z = z_of(graph)
    n = graph.negate(z, name="n") if sign < 0 else z
    e = graph.exp(n, name="e")
    d = e if plus is None else graph.add_constant(e, plus, name="d")
    graph.reciprocal(d, name="f")
    return graph


def _without_reciprocal() -> Worksheet:
    graph = Worksheet()
    graph.add_constant(graph.exp(-_sum(graph)), 1)
    return graph


def _minus_before_exp() -> Worksheet:
    """1 / (1 − e^z): the minus stands before the exponential instead of inside it."""
    graph = Worksheet()
    graph.reciprocal(graph.add_constant(-graph.exp(_sum(graph)), 1))
    return graph


def _minus_before_fraction() -> Worksheet:
    """−1 / (1 + e^z): the minus stands before the fraction."""
    graph = Worksheet()
    graph.negate(graph.reciprocal(graph.add_constant(graph.exp(_sum(graph)), 1)))
    return graph


def _one_in_exponent() -> Worksheet:
    """1 / e^(−z + 1): the + 1 slipped into the exponent."""
    graph = Worksheet()
    graph.reciprocal(graph.exp(-_sum(graph) + 1))
    return graph


def _with_node(z_of: Callable = _sum, turned: bool = False) -> Worksheet:
    """σ(z), or σ(−z) where somebody took the minus of the formula along."""
    graph = Worksheet()
    z = z_of(graph)
    graph.sigmoid(-z if turned else z, name="f")
    return graph


SLIP = 2 / 3
"""What the function still earns with one step of the formula turned, missing or misplaced."""

TWO_SLIPS = 0.4
"""What it earns with two."""

MINUS_INSIDE = "the minus belongs inside the exponential: e^(−z)"
WHOLE_SUM = "the minus turns the whole sum, all three terms"
NO_BIAS = "w2 is missing from the sum"
TIMES_BIAS = "w2 is a bias: it is added to the two products, not multiplied with them"
CROSSED = "each weight goes with the input of its own number: w0 with x0, w1 with x1"
ADDED = "a weight multiplies its input: w0·x0 and w1·x1, not sums"

IN_STEPS = Task(
    reference=_in_steps(),
    given=GIVEN,
    allowed=SUMS | {"exp", "reciprocal"},
    milestones={
        "p0": "w0·x0",
        "p1": "w1·x1",
        "z": "the weighted sum with w2",
        "n": "−z",
        "e": "e^(−z)",
        "d": "1 + e^(−z)",
    },
    asked=ASKED,
    fewest=7,
    slips=(
        GraphSlip("the minus sign in the exponent is missing: e^(−z)", _in_steps(sign=1), SLIP),
        GraphSlip("the + 1 in the denominator is missing", _in_steps(plus=None), SLIP),
        GraphSlip("+ 1, not − 1, in the denominator", _in_steps(plus=-1), SLIP),
        GraphSlip("the last step is missing: f is 1 over this", _without_reciprocal(), SLIP),
        GraphSlip("+ 1 comes after the exponential: 1 + e^(−z)", _one_in_exponent(), SLIP),
        GraphSlip(MINUS_INSIDE, _minus_before_exp(), SLIP),
        GraphSlip(MINUS_INSIDE, _minus_before_fraction(), SLIP),
        GraphSlip(WHOLE_SUM, _in_steps(_half_turned, 1), SLIP),
        GraphSlip(WHOLE_SUM, _in_steps(_bias_kept, 1), SLIP),
        GraphSlip(NO_BIAS, _in_steps(lambda g: _sum(g, bias=False)), SLIP),
        GraphSlip(TIMES_BIAS, _in_steps(_bias_times_sum), SLIP),
        GraphSlip(CROSSED, _in_steps(lambda g: _sum(g, crossed=True)), SLIP),
        GraphSlip(ADDED, _in_steps(_sums_for_products), TWO_SLIPS),
    ),
)

WITH_NODE = Task(
    reference=_with_node(),
    given=GIVEN,
    allowed=SUMS | {"sigmoid"},
    milestones={"p0": "w0·x0", "p1": "w1·x1", "z": "the weighted sum with w2"},
    asked=ASKED,
    fewest=4,
    slips=(
        GraphSlip(
            "σ has the minus inside already: f = σ(z), not σ(−z)", _with_node(turned=True), SLIP
        ),
        GraphSlip(NO_BIAS, _with_node(lambda g: _sum(g, bias=False)), SLIP),
        GraphSlip(TIMES_BIAS, _with_node(_bias_times_sum), SLIP),
        GraphSlip(CROSSED, _with_node(lambda g: _sum(g, crossed=True)), SLIP),
        GraphSlip(ADDED, _with_node(_sums_for_products), TWO_SLIPS),
    ),
)


# -- checks ---------------------------------------------------------------------------------------


@check("sig_graph", points=1, takes=worksheet)
def sig_graph(graph: Graph, t: Trial) -> None:
    if "sigmoid" in _operations(graph):
        _half(
            mark_structure, graph, IN_STEPS, t, 1, "σ as one node comes later; here take it apart"
        )
    else:
        mark_structure(_listed(graph), IN_STEPS, t, 1)


@check("sig_forward", points=1, takes=worksheet)
def sig_forward(graph: Graph, t: Trial) -> None:
    _mark_forward(graph, IN_STEPS, t, 1)


@check("sig_backward", points=1, takes=worksheet)
def sig_backward(graph: Graph, t: Trial) -> None:
    mark_gradients(_nothing_vanished(graph), IN_STEPS, t, 1)


@check("sig_node_graph", points=0.25, takes=worksheet)
def sig_node_graph(graph: Graph, t: Trial) -> None:
    _mark_node(mark_structure, graph, t)


@check("sig_node_forward", points=0.25, takes=worksheet)
def sig_node_forward(graph: Graph, t: Trial) -> None:
    _mark_node(_mark_forward, graph, t)


@check("sig_node_backward", points=0.25, takes=worksheet)
def sig_node_backward(graph: Graph, t: Trial) -> None:
    _mark_node(mark_gradients, _nothing_vanished(graph), t)


# -- what these questions have of their own -------------------------------------------------------


def _mark_forward(graph: Graph, task: Task, t: Trial, points: float) -> None:
    """Values, and the inputs as given: with f saturated at 1, the result shows no wrong copy."""
    mark_values(graph, task, t, points * (1 - COPY_SHARE))
    values = t.parts[-2]
    with t.part("the numbers of the question", points * COPY_SHARE, needs=values.name):
        copied = [
            n.id for n in graph.nodes if n.op == "input" and n.value not in (None, GIVEN.get(n.id))
        ]
        if copied:
            t.miss(f"not the numbers that the question gives for {', '.join(copied)}")
        if values.points < values.max_points:
            t.earn(values.points / values.max_points, "kept; this counts as far as the values do")


def _mark_node(mark: Callable, graph: Graph, t: Trial) -> None:
    """The graph of question 1 once more, σ taken apart, is half an answer at most."""
    operations = _operations(graph)
    if "exp" in operations and "sigmoid" not in operations:
        _half(mark, graph, WITH_NODE, t, 0.25, "this takes σ apart again; draw it as one node")
    else:
        mark(graph, WITH_NODE, t, 0.25)


def _half(mark: Callable, graph: Graph, task: Task, t: Trial, points: float, message: str) -> None:
    mark(graph, task, t, points / 2)
    with t.part("σ in the form the question asks for", points / 2):
        t.miss(message)


def _operations(graph: Graph) -> set[str]:
    return {node.op for node in graph.nodes}


def _listed(graph: Graph) -> Graph:
    """The graph with 1 ÷ d and d to the power −1 written as 1/x, which the question allows."""

    def plain(node: Node) -> Node:
        one_over = node.op == "divide" and graph[node.inputs[0]].op == "constant"
        if one_over and graph[node.inputs[0]].constant == 1:
            return replace(node, op="reciprocal", inputs=node.inputs[1:])
        if node.op == "power" and node.constant == -1:
            return replace(node, op="reciprocal", constant=None)
        return node

    return Graph(graph.title, tuple(plain(node) for node in graph.nodes))


def _nothing_vanished(graph: Graph) -> Graph:
    """The graph with forward values of 0 left blank: e^(−27) and what follows from it is not 0.

    The 0 was paid for in the forward pass. If gradients followed from it,
    they would all be right at 0, and a page of zeros is no backward pass.
    """

    def kept(node: Node) -> Node:
        return replace(node, value=None) if not node.is_leaf and node.value == 0 else node

    return Graph(graph.title, tuple(kept(node) for node in graph.nodes))
