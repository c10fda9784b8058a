"""Notebook 3: softmax(W_O ReLU(W_H x + b_H) + b_O) and its cross-entropy, by hand with matrices."""

from __future__ import annotations

from autograder.checks.worksheets.backward_pass import mark_gradients
from autograder.checks.worksheets.forward_pass import mark_values
from autograder.checks.worksheets.structure import mark_structure
from autograder.checks.worksheets.task import ARITHMETIC, GraphSlip, Task
from autograder.judge.offers import worksheet
from autograder.judge.registry import check
from autograder.judge.trial import Trial
from chainrule.worksheets import Graph, Worksheet

GIVEN = {
    "x": [2, -1, 0],
    "W_H": [[0.4, 0.3, -0.6], [-0.7, 0.2, 0.9], [0.8, -0.3, 0.1]],
    "b_H": [0.5, 0.3, 0.1],
    "W_O": [[0.2, 0.7, 0.5], [0.6, 0.2, 0.3]],
    "b_O": [0.8, -0.2],
    "y": [0, 1],
}
"""The numbers of the notebook: unit 2 is off (a = 1, −1.3, 2), the gradient that arrives there is
positive (a mask by its sign shows), and x₃ = 0."""


def _network(
    hidden_bias: bool = True,
    unit: str | None = "relu",
    output_bias: bool = True,
    output_relu: bool = False,
    softmax: bool = True,
    loss: bool = True,
    by_columns: bool = False,
) -> Worksheet:
    """The network, or one of its usual misreadings."""
    graph = Worksheet()
    w_h, x, b_h, w_o, b_o, y = graph.inputs("W_H", "x", "b_H", "W_O", "b_O", "y")
    node = graph.matmul(x, w_h, name="v") if by_columns else graph.matmul(w_h, x, name="v")
    if hidden_bias:
        node = graph.add(node, b_h, name="a")
    if unit:
        node = getattr(graph, unit)(node, name="h")
    node = graph.matmul(w_o, node, name="u")
    if output_bias:
        node = graph.add(node, b_o, name="o")
    if output_relu:
        node = graph.relu(node)
    if softmax:
        node = graph.softmax(node, name="p")
    if loss:
        graph.cross_entropy(node, y, name="l")
    return graph


def _relu_before_bias() -> Worksheet:
    """ReLU(W_H x) + b_H: the bias comes too late to switch a unit on or off."""
    graph = Worksheet()
    w_h, x, b_h, w_o, b_o, y = graph.inputs("W_H", "x", "b_H", "W_O", "b_O", "y")
    hidden = graph.relu(w_h @ x) + b_h
    graph.cross_entropy(graph.softmax(w_o @ hidden + b_o), y)
    return graph


def _bias_before_weights() -> Worksheet:
    """W_H (x + b_H): the sum is taken before the weights."""
    graph = Worksheet()
    w_h, x, b_h, w_o, b_o, y = graph.inputs("W_H", "x", "b_H", "W_O", "b_O", "y")
    hidden = graph.relu(w_h @ (x + b_h))
    graph.cross_entropy(graph.softmax(w_o @ hidden + b_o), y)
    return graph


def _relu_on_inputs() -> Worksheet:
    """W_H ReLU(x) + b_H: the inputs are cut off instead of the hidden sums."""
    graph = Worksheet()
    w_h, x, b_h, w_o, b_o, y = graph.inputs("W_H", "x", "b_H", "W_O", "b_O", "y")
    hidden = w_h @ graph.relu(x) + b_h
    graph.cross_entropy(graph.softmax(w_o @ hidden + b_o), y)
    return graph


NETWORK = Task(
    reference=_network(),
    given=GIVEN,
    allowed=ARITHMETIC | {"matmul", "relu", "max", "softmax", "cross_entropy", "exp", "log"},
    milestones={
        "v": "W_H x",
        "a": "the hidden sums with their biases",
        "h": "the hidden units after ReLU",
        "u": "W_O h",
        "o": "the logits",
        "p": "the prediction",
    },
    asked=("W_H", "b_H", "W_O", "b_O"),
    fewest=7,
    slips=(
        GraphSlip(
            "the loss is missing: the graph ends at the prediction", _network(loss=False), 2 / 3
        ),
        GraphSlip("the hidden bias b_H is missing", _network(hidden_bias=False), 2 / 3),
        GraphSlip("the output bias b_O is missing", _network(output_bias=False), 2 / 3),
        GraphSlip("the ReLU of the hidden layer is missing", _network(unit=None), 0.6),
        GraphSlip("the hidden units are ReLU, not σ", _network(unit="sigmoid"), 0.6),
        GraphSlip("b_H belongs inside the ReLU: ReLU(W_H x + b_H)", _relu_before_bias(), 2 / 3),
        GraphSlip(
            "b_H is added after the weights: W_H x + b_H, not W_H (x + b_H)",
            _bias_before_weights(),
            2 / 3,
        ),
        GraphSlip(
            "the ReLU belongs after the hidden sums, not before W_H", _relu_on_inputs(), 2 / 3
        ),
        GraphSlip("the output layer has no ReLU", _network(output_relu=True), 2 / 3),
        GraphSlip(
            "the softmax is missing: cross-entropy takes probabilities, not logits",
            _network(softmax=False),
            0.6,
        ),
        GraphSlip("the hidden layer is W_H x, not x W_H", _network(by_columns=True), 2 / 3),
    ),
    fixed=frozenset({"y"}),
    results=("p",),
)


@check("two_graph", points=3, takes=worksheet)
def two_graph(graph: Graph, t: Trial) -> None:
    mark_structure(graph, NETWORK, t, 3)


@check("two_forward", points=8, takes=worksheet)
def two_forward(graph: Graph, t: Trial) -> None:
    mark_values(graph, NETWORK, t, 8)


@check("two_backward", points=10, takes=worksheet)
def two_backward(graph: Graph, t: Trial) -> None:
    mark_gradients(graph, NETWORK, t, 10)
