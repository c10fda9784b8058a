"""Inputs that a student copies wrongly are followed; inputs that a student chooses are not."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.checks.a01_backprop_worksheets.exponential_neuron import EXPONENTIAL
from autograder.checks.a01_backprop_worksheets.two_layer_network import NETWORK
from autograder.checks.worksheets.backward_pass import mark_gradients
from autograder.checks.worksheets.calculus import backpropagate, evaluate
from autograder.checks.worksheets.forward_pass import mark_values
from autograder.checks.worksheets.task import Task
from autograder.judge.trial import Trial
from chainrule.worksheets import Graph


def worked_out(task: Task, **changed: object) -> Graph:
    """The reference graph with everything that follows from the inputs, some of them changed."""
    record = task.reference.to_dict()
    graph = Graph.from_dict(record)
    leaves = {name: np.asarray(changed.get(name, v), float) for name, v in task.given.items()}
    values = evaluate(graph, leaves)
    (output,) = (node.id for node in graph.sinks)
    gradients = backpropagate(graph, values, output)
    for node in record["nodes"]:
        node["value"] = values[node["id"]].tolist()
        node["grad"] = gradients[node["id"]].tolist()
    return Graph.from_dict(record)


def shares(task: Task, graph: Graph) -> tuple[float, float]:
    """What the values and the gradients earn, of 1 each."""
    t = Trial(1)
    mark_values(graph, task, t, 1)
    values = sum(part.points for part in t.parts)
    mark_gradients(graph, task, t, 1)
    return values, sum(part.points for part in t.parts) - values


@pytest.mark.parametrize("task", [EXPONENTIAL, NETWORK], ids=["numbers", "matrices"])
def test_the_inputs_of_the_question_earn_everything(task: Task) -> None:
    assert shares(task, worked_out(task)) == pytest.approx((1, 1))


@pytest.mark.parametrize(
    ("task", "slip"),
    [
        (EXPONENTIAL, {"x1": 0.5, "x2": 0.4}),
        (EXPONENTIAL, {"b": -0.1}),
        (NETWORK, {"b_H": [0.7, 0.3, 0.1]}),
        (NETWORK, {"W_O": [[0.2, 0.7, 0.5], [0.6, 0.2, -0.3]]}),
    ],
)
def test_a_slip_in_copying_costs_the_result_and_nothing_that_follows(
    task: Task, slip: dict
) -> None:
    values, gradients = shares(task, worked_out(task, **slip))
    assert 0.75 < values < 1
    assert gradients == pytest.approx(1)


@pytest.mark.parametrize("number", [0.0, 1.0, -1.0])
@pytest.mark.parametrize("task", [EXPONENTIAL, NETWORK], ids=["numbers", "matrices"])
def test_who_chooses_the_inputs_has_to_work_with_those_of_the_question(
    task: Task, number: float
) -> None:
    chosen = {name: np.full(np.shape(given), number) for name, given in task.given.items()}
    values, _ = shares(task, worked_out(task, **chosen))
    assert values <= 0.4


@pytest.mark.parametrize("zeroed", ["x", "W_H", "b_H", "W_O"])
def test_an_input_that_was_set_to_zero_is_not_followed(zeroed: str) -> None:
    whole = shares(NETWORK, worked_out(NETWORK))
    without = shares(
        NETWORK, worked_out(NETWORK, **{zeroed: np.zeros(np.shape(NETWORK.given[zeroed]))})
    )
    assert without[0] < whole[0] - 0.1
