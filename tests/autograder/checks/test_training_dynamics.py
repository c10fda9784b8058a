"""Assignment 03: the facts that its questions stand on, measured on its own network, and what is
said of answers that are no such thing as was asked for."""

from __future__ import annotations

from pathlib import Path

import nbformat
import numpy as np
import pytest

from autograder.checks.a03_training_dynamics.adam_bias_correction import adam_correct
from autograder.checks.a03_training_dynamics.initialisation_and_order import epoch_order
from autograder.checks.a03_training_dynamics.numbers import close, listed, named
from autograder.judge.trial import Missed, Trial

SOURCE = Path(__file__).parents[3] / "source" / "03-training-dynamics"
PARAMETERS = ("W1", "b1", "W2", "b2", "W3", "b3")


@pytest.fixture(scope="module")
def network() -> dict:
    """The names of notebook 1's cell with the network in it."""
    cells = nbformat.read(SOURCE / "1-initialisation-and-order.ipynb", as_version=4).cells
    names = {"np": np}
    exec(next(cell.source for cell in cells if cell.id == "network"), names)
    return names


def moved(before: dict, after: dict) -> set[str]:
    return {name for name in PARAMETERS if not np.array_equal(before[name], after[name])}


def test_with_relu_and_a_start_at_zero_only_the_output_bias_moves(network) -> None:
    losses, steps = network["train"]("zero", "relu", 30)
    assert moved(steps[0], steps[-1]) == {"b3"}
    _, labels = network["circle_data"]()
    assert losses[-1] == pytest.approx(0.5 * np.var(labels), abs=2e-3)


def test_with_sigmoids_the_layers_begin_to_move_one_by_one_from_the_back(network) -> None:
    (x, t), p = network["circle_data"](), network["start"]("zero")
    for layers in ({"W3", "b3"}, {"W3", "b3", "W2", "b2"}, set(PARAMETERS)):
        gradients = network["gradients"](p, x, t, "sigmoid")
        assert {name for name in PARAMETERS if np.any(gradients[name])} == layers
        p = {name: p[name] - 0.1 * gradients[name] for name in PARAMETERS}


def test_units_that_start_as_copies_stay_copies(network) -> None:
    _, steps = network["train"]("zero", "sigmoid", 30)
    for name in ("W1", "W2"):
        assert np.ptp(steps[-1][name], axis=1) == pytest.approx(0, abs=1e-8)


@pytest.mark.parametrize("kind", ["relu", "sigmoid"])
def test_the_gradients_are_those_of_finite_differences(network, kind: str) -> None:
    (x, t), p = network["circle_data"](), network["start"]("random")
    gradients = network["gradients"](p, x, t, kind)
    for name in PARAMETERS:
        losses = []
        for step in (1e-6, -1e-6):
            other = {**p, name: p[name].copy()}
            other[name].flat[0] += step
            losses.append(0.5 * np.mean((network["forward"](other, x, kind)[2] - t) ** 2))
        measured = (losses[0] - losses[1]) / 2e-6
        assert measured == pytest.approx(gradients[name].flat[0], rel=1e-4, abs=1e-8)


def test_a_number_may_stand_for_an_array_of_equal_entries() -> None:
    answer = {"W1": np.zeros((2, 4)), "b1": [0, 0], "W2": [0, 1], "b2": "0", "b3": np.nan}
    assert named(answer, PARAMETERS) == {
        "W1": 0, "b1": 0, "W2": None, "b2": None, "W3": None, "b3": None,
    }  # fmt: skip
    assert listed(np.array([1.0, 2.0]), 2) == [1, 2]
    assert close(1.30264, 1.3026431)
    assert not close(2.0, 1.9999469)


@pytest.mark.parametrize("answer", [None, 3.0, {}, "2, 2, 2"])
def test_what_is_no_answer_says_so(answer: object) -> None:
    with pytest.raises(Missed):
        named(answer, PARAMETERS)
    with pytest.raises(Missed):
        listed(answer, 3)


RANDOM = np.random.default_rng(1)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda t: RANDOM.permutation(t.size) + 1, "of 0 to 399, index 0 never comes"),
        (lambda t: RANDOM.random(t.size) * 1000, "of 0 to 399, 400 indices never come"),
        (lambda t: RANDOM.permutation(t.size)[None, :], "the shape (1, 400); expected (400,)"),
        (lambda t: np.stack([RANDOM.permutation(t.size), t]), "the shape (2, 400)"),
    ],
)
def test_only_a_permutation_is_asked_whether_it_mixes(answer, words: str) -> None:
    trial = Trial(5)
    epoch_order(answer, trial)
    first, *others = trial.parts
    assert words in first.messages[0]
    for part in others:
        assert part.messages == ("this can be told when every index comes exactly once",)


class Answer:
    """A function of m, β and t that somebody wrote, for t from `start`; it changes nothing."""

    changed = (False, False)

    def __init__(self, formula, start: int) -> None:
        self.formula, self.start = formula, start

    def __call__(self, m: np.ndarray, beta: float) -> np.ndarray:
        with np.errstate(all="ignore"):
            return self.formula(m, beta, np.arange(m.size) + self.start)


@pytest.mark.parametrize(
    ("formula", "start", "told"),
    [
        (lambda m, beta, t: m / (1 - beta**t), 0, True),
        (lambda m, beta, t: m / np.sqrt(beta**t - 1), 1, False),
        (lambda m, beta, t: np.where(t == 1, np.nan, m / (1 - beta**t)), 1, False),
    ],
)
def test_a_division_by_zero_is_named_where_it_was_one(formula, start: int, told: bool) -> None:
    trial = Trial(5)
    adam_correct(Answer(formula, start), trial)
    assert ("1 − β^t is 0 for t = 0" in str(trial.parts[0].messages)) == told
