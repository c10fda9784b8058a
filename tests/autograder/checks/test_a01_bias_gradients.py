"""The chains of notebook 4: no order may pass by the luck of the points drawn."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.checks.a01_backprop_worksheets.bias_gradients import (
    bias_chain_b1,
    bias_formula_b1,
)
from autograder.judge.trial import Trial
from chainrule.worksheets import Derivation

NAMES = ["L", "yhat", "h", "v", "b1", "b2"]


def points(seed: int, *factors: str) -> float:
    gradient = Derivation("L/b1", known=NAMES)
    gradient.write(*factors)
    trial = Trial(seed)
    bias_chain_b1(gradient, trial)
    return sum(part.points for part in trial.parts)


def test_no_points_are_drawn_at_which_the_order_does_not_matter() -> None:
    """With every unit on at every point, ReLU would be the identity and its place free."""
    for seed in range(2000):
        assert points(seed, "L/yhat", "yhat/h", "h/v", "v/b1") == 2
        assert points(seed, "L/yhat", "h/v", "yhat/h", "v/b1") == 1


class Answer:
    """A function that somebody wrote and that changes nothing."""

    changed = (False,) * 4

    def __init__(self, of_gradient_weights_and_jacobian) -> None:
        self.formula = of_gradient_weights_and_jacobian

    def __call__(self, t, yhat, W2, v) -> np.ndarray:
        return self.formula(-2 * (t - yhat), W2, np.diag((v > 0).astype(float)))


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        (lambda g, W2, J: g @ W2.T @ J, "W2.T @ g as a column, g @ W2 as a row"),
        (lambda g, W2, J: J @ W2 @ g, "W2.T @ g as a column, g @ W2 as a row"),
        (lambda g, W2, J: g * W2 @ J, "`*` multiplies entry by entry"),
        (lambda g, W2, J: J * W2.T @ g, "`*` multiplies entry by entry"),
        (lambda g, W2, J: J * (W2.T @ g), "`*` multiplies entry by entry"),
    ],
)
def test_a_slip_has_the_same_words_in_rows_and_in_columns(formula, words: str) -> None:
    trial = Trial(5)
    bias_formula_b1(Answer(formula), trial)
    (message,) = trial.parts[0].messages
    assert words in message
    assert "not transposed" not in message
