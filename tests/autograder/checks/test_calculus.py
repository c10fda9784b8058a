"""The arithmetic of the checks against central differences and exact values."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings

from autograder.checks.worksheets.calculus import (
    backpropagate,
    evaluate,
    forward,
    shares,
    sigmoid,
    sigmoid_slope,
    softmax,
)
from chainrule.worksheets import Graph, Node
from chainrule.worksheets.operations import OPERATIONS
from tests.chainrule.worksheets.strategies import graphs

STEP = 1e-6
rng = np.random.default_rng(3)
VECTOR = rng.uniform(0.5, 1.5, 3)
OTHER = rng.uniform(0.5, 1.5, 3)
MATRIX = rng.uniform(0.5, 1.5, (2, 3))
ONE_HOT = np.array([0.0, 1.0, 0.0])

CASES = {
    "add": [VECTOR, OTHER, VECTOR + 1],
    "subtract": [VECTOR, OTHER],
    "multiply": [VECTOR, OTHER, OTHER + 1],
    "divide": [VECTOR, OTHER],
    "negate": [MATRIX],
    "add_constant": [MATRIX],
    "multiply_constant": [MATRIX],
    "reciprocal": [VECTOR],
    "exp": [VECTOR],
    "log": [VECTOR],
    "power": [VECTOR],
    "relu": [np.array([-1.0, 2.0, 0.5])],
    "sigmoid": [VECTOR],
    "max": [VECTOR, OTHER, VECTOR[::-1] + 0.05],
    "matmul": [MATRIX, VECTOR],
    "squared_norm": [VECTOR],
    "softmax": [VECTOR],
    "cross_entropy": [softmax(VECTOR), ONE_HOT],
}


def test_every_operation_a_student_may_use_has_a_case_here() -> None:
    assert set(CASES) == set(OPERATIONS) - {"input", "constant"}


@pytest.mark.parametrize("op", sorted(CASES))
def test_shares_agree_with_central_differences(op: str) -> None:
    inputs = CASES[op]
    constant = 3.0 if OPERATIONS[op].has_constant else None
    node = Node("n", op, tuple("abc"[: len(inputs)]), constant=constant)
    upstream = rng.standard_normal(forward(node, inputs).shape)
    passed = shares(node, inputs, upstream)
    for index, value in enumerate(inputs):
        if op == "cross_entropy" and index == 1:
            continue  # the target is data, not a variable
        for place in np.ndindex(value.shape):
            up, down = [v.copy() for v in inputs], [v.copy() for v in inputs]
            up[index][place] += STEP
            down[index][place] -= STEP
            slope = np.sum(upstream * (forward(node, up) - forward(node, down))) / (2 * STEP)
            assert passed[index][place] == pytest.approx(slope, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize(
    ("left", "right"),
    [((3,), (3,)), ((2, 3), (3,)), ((2,), (2, 3)), ((2, 3), (3, 4)), ((3, 1), (1, 2))],
)
def test_matrix_products_of_all_shapes_pass_gradients_of_their_inputs_shapes(left, right) -> None:
    a, b = rng.standard_normal(left), rng.standard_normal(right)
    node = Node("n", "matmul", ("a", "b"))
    upstream = rng.standard_normal((a @ b).shape)
    to_a, to_b = shares(node, [a, b], upstream)
    assert to_a.shape == a.shape
    assert to_b.shape == b.shape
    for array, passed in ((a, to_a), (b, to_b)):
        for place in np.ndindex(array.shape):
            kept = array[place]
            array[place] = kept + STEP
            up = np.sum(upstream * (a @ b))
            array[place] = kept - STEP
            down = np.sum(upstream * (a @ b))
            array[place] = kept
            assert passed[place] == pytest.approx((up - down) / (2 * STEP), abs=1e-6)


def test_the_derivative_of_relu_at_zero_is_zero() -> None:
    (share,) = shares(Node("n", "relu", ("a",)), [np.array(0.0)], np.array(5.0))
    assert share == 0


def test_the_sigmoid_keeps_its_digits_where_the_naive_slope_loses_them() -> None:
    exact = math.exp(-27) / (1 + math.exp(-27)) ** 2
    assert sigmoid_slope(np.array(27.0)) == pytest.approx(exact, rel=1e-14, abs=0)
    assert sigmoid_slope(np.array(-27.0)) == pytest.approx(exact, rel=1e-14, abs=0)
    s = float(sigmoid(np.array(27.0)))
    assert s * (1 - s) != pytest.approx(exact, rel=1e-6, abs=0)  # why the naive form will not do
    assert np.all(np.isfinite(sigmoid(np.array([-1e4, 1e4]))))


@settings(max_examples=60)
@given(graphs(most=8))
def test_backpropagation_agrees_with_central_differences_on_random_graphs(graph: Graph) -> None:
    (*_, output) = graph.nodes
    shape = next((np.shape(n.value) for n in graph.nodes if n.value is not None), ())
    local = np.random.default_rng(7)
    leaves = {n.id: local.uniform(0.5, 1.5, shape) for n in graph.nodes if n.op == "input"}
    values = evaluate(graph, leaves)
    size = max((float(np.max(np.abs(v))) for v in values.values()), default=0)
    if not np.isfinite(size) or size > 1e3:
        return  # differences of huge or undefined numbers say nothing
    gradients = backpropagate(graph, values, output.id)
    for name, leaf in leaves.items():
        for place in np.ndindex(leaf.shape):
            both = []
            for sign in (STEP, -STEP):
                moved = {key: value.copy() for key, value in leaves.items()}
                moved[name][place] += sign
                both.append(float(np.sum(evaluate(graph, moved)[output.id])))
            slope = (both[0] - both[1]) / (2 * STEP)
            kinks = any(n.op in ("max", "relu") for n in graph.nodes)
            if not kinks and abs(slope) < 1e4:
                assert gradients[name][place] == pytest.approx(slope, rel=1e-3, abs=1e-3)
