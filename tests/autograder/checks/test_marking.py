"""How worksheets are marked: equivalent graphs, follow-through, rounding, tiny numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.checks.worksheets.backward_pass import mark_gradients
from autograder.checks.worksheets.calculus import backpropagate, evaluate
from autograder.checks.worksheets.forward_pass import mark_values
from autograder.checks.worksheets.rounding import agrees
from autograder.checks.worksheets.structure import mark_structure
from autograder.checks.worksheets.task import ARITHMETIC, Task
from autograder.judge.trial import Trial
from autograder.judge.verdict import Verdict
from chainrule import Worksheet

Q = {"x": -2.0, "y": 5.0, "z": -4.0}


def product(*, fan_out: bool = False) -> Worksheet:
    """f = (x + y) z, or with fan-out f = (x + y) z + (x + y)."""
    graph = Worksheet()
    x, y, z = graph.inputs("x", "y", "z")
    q = graph.add(x, y, name="q")
    p = graph.multiply(q, z, name="p")
    if fan_out:
        graph.add(p, q, name="f")
    return graph


def task(reference: Worksheet, given: dict = Q, **more) -> Task:
    names = tuple(n.id for n in reference.graph().nodes if n.op == "input")
    settings = {
        "allowed": ARITHMETIC | {"exp", "sigmoid"},
        "milestones": {"q": "x + y"},
        "asked": names,
        "fewest": 2,
    }
    return Task(reference=reference, given=given, **{**settings, **more})


def marked(mark, worksheet: Worksheet, asked: Task, points: float = 1.0) -> Verdict:
    trial = Trial(5)
    mark(worksheet.graph(), asked, trial, points)
    return Verdict("test", tuple(trial.parts))


def solved(worksheet: Worksheet, given: dict, digits: int | None = None) -> Worksheet:
    """Write exact values and gradients into a worksheet, rounded to `digits` significant ones."""

    def rounded(number: float) -> float:
        return number if digits is None else float(f"{number:.{digits - 1}e}")

    graph = worksheet.graph()
    values = evaluate(graph, {k: np.asarray(v, float) for k, v in given.items()})
    (sink,) = graph.sinks
    gradients = backpropagate(graph, values, sink.id)
    for name in (node.id for node in graph.nodes):
        worksheet.write_values({name: np.vectorize(rounded)(values[name])})
        worksheet.write_gradients({name: np.vectorize(rounded)(gradients[name])})
    return worksheet


@pytest.mark.parametrize("mark", [mark_structure, mark_values, mark_gradients])
def test_exact_answers_get_full_marks(mark) -> None:
    asked = task(product())
    assert marked(mark, solved(product(), Q), asked).points == 1


@given(
    st.lists(
        st.floats(0.01, 50).flatmap(lambda n: st.sampled_from([n, -n])), min_size=3, max_size=3
    )
)
def test_rounding_every_step_to_three_digits_gets_full_marks(numbers: list[float]) -> None:
    given = dict(zip("xyz", numbers, strict=True))
    given = {name: float(f"{value:.2e}") for name, value in given.items()}
    asked = task(product(), given)
    rounded = solved(product(), given, digits=3)
    for mark in (mark_values, mark_gradients):
        verdict = marked(mark, rounded, asked)
        assert verdict.points == 1, verdict.text()


def test_any_equivalent_graph_gets_full_marks() -> None:
    other = Worksheet()
    x, y, z = other.inputs("x", "y", "z")
    other.add(other.multiply(x, z), other.multiply(z, y))  # xz + zy
    verdict = marked(mark_structure, other, task(product()))
    assert verdict.points == 1, verdict.text()


def test_a_graph_that_only_agrees_at_the_given_numbers_is_not_equivalent() -> None:
    other = Worksheet()
    x, y, z = other.inputs("x", "y", "z")
    other.add(x, y, z, other.constant(-11))  # −12 at the given point too
    assert marked(mark_structure, other, task(product())).points == 0


def test_an_operation_that_is_not_allowed_costs_its_share_and_is_named() -> None:
    verdict = marked(mark_structure, product(), task(product(), allowed=frozenset({"add", "exp"})))
    assert verdict.points == 0.75
    assert "p (multiply)" in verdict.text()


def test_one_wrong_value_costs_one_node_and_the_result() -> None:
    worksheet = solved(product(), Q)
    worksheet.write_values(q=4, p=-16)  # 5 − 2 = 4, then right from there
    verdict = marked(mark_values, worksheet, task(product()))
    assert verdict.points == pytest.approx(0.8 / 2)
    assert "from your x = -2 and y = 5, add gives 3, you wrote 4" in verdict.text()
    assert "p:" not in verdict.text()


def test_a_wrong_value_is_not_paid_for_again_in_the_backward_pass() -> None:
    worksheet = solved(product(), Q)
    worksheet.write_values(q=4, p=-16)
    worksheet.write_gradients(z=4)
    assert marked(mark_gradients, worksheet, task(product())).points == 1


def test_exact_numbers_are_right_even_after_a_rounded_one() -> None:
    worksheet = solved(product(), {"x": 1.0, "y": -0.9996, "z": 3.0})
    worksheet.write_values(q=0.0004, p=0.0012)
    asked = task(product(), {"x": 1.0, "y": -0.9996, "z": 3.0})
    assert marked(mark_values, worksheet, asked).points == 1


def test_gradients_of_a_node_with_two_consumers_add() -> None:
    asked = task(product(fan_out=True), fewest=3)
    assert marked(mark_gradients, solved(product(fan_out=True), Q), asked).points == 1
    worksheet = solved(product(fan_out=True), Q)
    worksheet.write_gradients(q=-4)  # only through p; f adds another 1
    worksheet.write_gradients(x=-4, y=-4)
    verdict = marked(mark_gradients, worksheet, asked)
    assert 0.5 < verdict.points < 1
    assert "the gradients of all branches add; you counted only the one through p" in verdict.text()


def sigmoid_graph() -> tuple[Worksheet, dict]:
    graph = Worksheet()
    x, y, z = graph.inputs("x", "y", "z")
    graph.sigmoid(graph.multiply(graph.add(x, y, name="q"), z, name="p"), name="s")
    return graph, {"x": 1.0, "y": 2.0, "z": 9.0}


def test_zero_does_not_pass_for_a_tiny_gradient() -> None:
    worksheet, given = sigmoid_graph()
    asked = task(sigmoid_graph()[0], given, fewest=3)
    solved(worksheet, given, digits=3)
    worksheet.write_values(s=1)
    assert marked(mark_gradients, worksheet, asked).points == 1
    worksheet.write_gradients(p=0, q=0, z=0, x=0, y=0)
    assert marked(mark_gradients, worksheet, asked).points < 0.2


def test_a_page_of_zeros_earns_nothing_by_following_from_zeros() -> None:
    worksheet = solved(product(), Q)
    worksheet.write_gradients({name: 0 for name in "xyzqp"})
    assert marked(mark_gradients, worksheet, task(product())).points == 0


def test_a_switched_off_relu_passes_an_honest_zero() -> None:
    def relu() -> Worksheet:
        graph = Worksheet()
        x, y, z = graph.inputs("x", "y", "z")
        graph.relu(graph.multiply(graph.add(x, y, name="q"), z, name="p"), name="f")
        return graph

    asked = task(relu(), fewest=3, allowed=ARITHMETIC | {"relu"})
    worksheet = solved(relu(), Q)  # p = −12: everything behind it is 0
    assert marked(mark_gradients, worksheet, asked).points == 1


def test_a_blank_is_filled_with_what_follows_so_that_it_costs_once() -> None:
    worksheet = solved(product(), Q)
    worksheet.write_values(q=None)
    verdict = marked(mark_values, worksheet, task(product()))
    assert verdict.points == pytest.approx(0.2 + 0.8 / 2)
    assert "q: no value written" in verdict.text()


def test_a_graph_of_something_else_earns_nothing_for_its_numbers() -> None:
    other = Worksheet()
    x, y, z = other.inputs("x", "y", "z")
    other.divide(x, other.multiply(y, z), name="f")
    solved(other, Q)
    verdict = marked(mark_values, other, task(product()))
    assert verdict.points == 0
    assert "most steps of the stated function are missing" in verdict.text()


def after_first_step(first) -> tuple[Worksheet, Task]:
    """σ(q z), worked out for another q than x + y, and what is asked for."""
    worksheet = Worksheet()
    x, y, z = worksheet.inputs("x", "y", "z")
    worksheet.sigmoid(worksheet.multiply(first(x, y), z))
    reference, given = sigmoid_graph()
    return solved(worksheet, given), task(reference, given, fewest=3)


def test_a_slip_in_the_first_step_costs_the_graph_and_not_its_numbers() -> None:
    worksheet, asked = after_first_step(lambda x, y: x - y)
    assert marked(mark_structure, worksheet, asked).points == 0
    assert marked(mark_values, worksheet, asked).points == pytest.approx(0.8)
    assert marked(mark_gradients, worksheet, asked).points == 1
    worksheet.exp(worksheet.constant(2), name="loose")
    worksheet.write_values(loose=7.39)
    assert marked(mark_values, worksheet, asked).points == pytest.approx(0.8)


@pytest.mark.parametrize("first", [lambda x, y: x - 0 * y, lambda x, y: x - (y - y)])
def test_the_numbers_of_a_graph_that_leaves_an_input_out_earn_nothing(first) -> None:
    for mark in (mark_values, mark_gradients):
        assert marked(mark, *after_first_step(first)).points == 0


def test_a_graph_with_too_few_steps_cannot_earn_all_of_them() -> None:
    short = Worksheet()
    x, y, _z = short.inputs("x", "y", "z")
    short.add(x, y, name="q")
    short.write_values(**Q, q=3)
    verdict = marked(mark_values, short, task(product()))
    assert verdict.points <= 0.8 / 2


def test_a_column_counts_as_a_vector() -> None:
    assert agrees(np.array([[1.0], [2.0]]), np.array([1.0, 2.0]))
    assert not agrees(np.array([[1.0, 2.0]] * 2), np.array([1.0, 2.0]))


@given(st.floats(1e-300, 1e300))
def test_three_significant_digits_always_agree_and_zero_never_does(number: float) -> None:
    assert agrees(np.array(float(f"{number:.2e}")), np.array(number))
    assert not agrees(np.array(0.0), np.array(number))
    assert not agrees(np.array(-number), np.array(number))


def test_a_loose_end_costs_the_structure_and_neither_values_nor_gradients() -> None:
    def loose() -> Worksheet:
        graph = product()
        graph.exp("q", name="loose")
        return graph

    worksheet = loose()
    worksheet.write_values(**Q, q=3, p=-12)
    worksheet.write_gradients(p=1, q=-4, z=3, x=-4, y=-4)
    structure = marked(mark_structure, worksheet, task(product()))
    assert 0.75 < structure.points < 1
    assert "2 ends (p, loose)" in structure.text()
    assert marked(mark_gradients, worksheet, task(product())).points == 1


def test_shapes_that_clash_in_a_students_graph_are_a_message_and_no_crash() -> None:
    given = {"x": [1.0, 2.0], "y": [3.0, 4.0], "z": [1.0, 2.0, 3.0]}

    def dot() -> Worksheet:
        graph = Worksheet()
        x, y, _z = graph.inputs("x", "y", "z")
        graph.matmul(x, y, name="p")
        return graph

    clash = Worksheet()
    x, _y, z = clash.inputs("x", "y", "z")
    clash.matmul(x, z, name="p")
    asked = task(dot(), given, allowed=frozenset({"matmul"}), milestones={"p": "x·y"}, fewest=1)
    for mark in (mark_structure, mark_values, mark_gradients):
        verdict = marked(mark, clash, asked)
        assert verdict.points == 0
        assert "shapes do not fit" in verdict.text()


def test_where_an_array_must_be_zero_a_small_number_is_not() -> None:
    expected = np.array([0.0, 1.46])
    assert agrees(np.array([0.0, 1.46]), expected)
    assert not agrees(np.array([0.001, 1.46]), expected)


def test_the_share_for_allowed_operations_grows_with_the_graph() -> None:
    begun = Worksheet()
    x, y, _z = begun.inputs("x", "y", "z")
    begun.add(x, y, name="q")
    asked = task(product(), milestones={"q": "x + y", "p": "(x + y) z"})
    assert marked(mark_structure, begun, asked).points < 0.5
