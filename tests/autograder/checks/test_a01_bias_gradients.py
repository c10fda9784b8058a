"""The chains of notebook 4: no order may pass by the luck of the points drawn."""

from __future__ import annotations

from autograder.checks.a01_backprop_worksheets.bias_gradients import bias_chain_b1
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
