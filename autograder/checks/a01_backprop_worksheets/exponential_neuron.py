"""Notebook 1: f = e^(2(w·x + b)) − 1, drawn, evaluated and differentiated by hand."""

from __future__ import annotations

from collections.abc import Callable

from autograder.checks.worksheets.backward_pass import mark_gradients
from autograder.checks.worksheets.forward_pass import mark_values
from autograder.checks.worksheets.structure import mark_structure
from autograder.checks.worksheets.task import ARITHMETIC, GraphSlip, Task
from autograder.judge.offers import worksheet
from autograder.judge.registry import check
from autograder.judge.trial import Trial
from chainrule.worksheets import Graph, Worksheet


def _neuron(bias: bool = True, two: bool = True, minus_one: bool = True) -> Worksheet:
    """The neuron, or without one of its steps."""
    graph = Worksheet()
    x1, x2, w1, w2, b = graph.inputs("x1", "x2", "w1", "w2", "b")
    p1 = graph.multiply(w1, x1, name="p1")
    p2 = graph.multiply(w2, x2, name="p2")
    z = graph.add(p1, p2, b, name="z") if bias else graph.add(p1, p2, name="z")
    e = graph.exp(z * 2 if two else z, name="e")
    if minus_one:
        graph.add_constant(e, -1, name="f")
    return graph


def _drawn(step: Callable) -> Worksheet:
    """What `step` makes of the two products, the bias and the worksheet."""
    graph = Worksheet()
    x1, x2, w1, w2, b = graph.inputs("x1", "x2", "w1", "w2", "b")
    step(w1 * x1, w2 * x2, b, graph)
    return graph


def _with_sums(total: Callable) -> Worksheet:
    """e^(2 total) − 1 for another total of x1, x2, w1, w2 and b."""
    graph = Worksheet()
    e = graph.exp(2 * total(*graph.inputs("x1", "x2", "w1", "w2", "b")))
    graph.add_constant(e, -1)
    return graph


TWO_OUTSIDE = "the 2 belongs inside the exponent: e^(2z), not 2·e^z"
TWO_ON_ALL = "the 2 multiplies the whole sum, bias included"

EXPONENTIAL = Task(
    reference=_neuron(),
    given={"x1": 0.4, "x2": 0.5, "w1": 0.2, "w2": 0.3, "b": 0.1},
    allowed=ARITHMETIC | {"exp", "power"},
    milestones={
        "p1": "w1·x1",
        "p2": "w2·x2",
        "z": "the weighted sum with its bias",
        "e": "the exponential",
    },
    asked=("w1", "w2", "b"),
    fewest=6,
    slips=(
        GraphSlip("the bias b is missing from the sum", _neuron(bias=False), 0.6),
        GraphSlip("the 2 in the exponent is missing: e^(2z)", _neuron(two=False), 0.6),
        GraphSlip(TWO_OUTSIDE, _drawn(lambda p1, p2, b, g: 2 * g.exp(p1 + p2 + b) - 1), 0.6),
        GraphSlip(TWO_OUTSIDE, _drawn(lambda p1, p2, b, g: 2 * (g.exp(p1 + p2 + b) - 1)), 0.6),
        GraphSlip("the − 1 at the end is missing", _neuron(minus_one=False), 0.7),
        GraphSlip(
            "the − 1 comes after the exponential: e^(2z) − 1, not e^(2z − 1)",
            _drawn(lambda p1, p2, b, g: g.exp(2 * (p1 + p2 + b) - 1)),
            0.7,
        ),
        GraphSlip(TWO_ON_ALL, _drawn(lambda p1, p2, b, g: g.exp(2 * (p1 + p2) + b) - 1), 0.7),
        GraphSlip(TWO_ON_ALL, _drawn(lambda p1, p2, b, g: g.exp(2 * p1 + p2 + b) - 1), 0.7),
        GraphSlip(
            "w1 belongs to x1 and w2 to x2",
            _with_sums(lambda x1, x2, w1, w2, b: w1 * x2 + w2 * x1 + b),
            0.7,
        ),
        GraphSlip(
            "a weight multiplies its input: w1·x1 and w2·x2, not sums",
            _with_sums(lambda x1, x2, w1, w2, b: w1 + x1 + w2 + x2 + b),
            0.4,
        ),
    ),
)


@check("exp_graph", points=2, takes=worksheet)
def exp_graph(graph: Graph, t: Trial) -> None:
    mark_structure(graph, EXPONENTIAL, t, 2)


@check("exp_forward", points=2, takes=worksheet)
def exp_forward(graph: Graph, t: Trial) -> None:
    mark_values(graph, EXPONENTIAL, t, 2)


@check("exp_backward", points=4, takes=worksheet)
def exp_backward(graph: Graph, t: Trial) -> None:
    mark_gradients(graph, EXPONENTIAL, t, 4)
