"""What a model's weights show of its training."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.checks.training.states import changed, gives_logits, only_these_changed
from autograder.judge import offers
from autograder.judge.remote import Loopback
from autograder.judge.trial import Trial

BEFORE = {
    "conv.weight": np.ones((2, 3), np.float32),
    "conv.bias": np.zeros(2, np.float32),
    "dense.weight": np.full((3, 2), np.nan, np.float32),
}


def after(**new: object) -> dict:
    return BEFORE | {key.replace("_", "."): np.asarray(v, np.float32) for key, v in new.items()}


def dense(name: str) -> bool:
    return name.startswith("dense")


def test_states_are_compared_bit_by_bit() -> None:
    assert changed(BEFORE, dict(BEFORE)) == set()
    last_bit = np.nextafter(BEFORE["conv.weight"], np.float32(2))
    assert changed(BEFORE, after(conv_weight=last_bit)) == {"conv.weight"}
    assert changed(BEFORE, after(conv_bias=-BEFORE["conv.bias"])) == {"conv.bias"}
    assert changed(BEFORE, BEFORE | {"conv.bias": np.zeros(2)}) == {"conv.bias"}
    assert changed(BEFORE, BEFORE | {"new": np.zeros(2)}) == {"new"}
    assert changed(BEFORE, {}) == set(BEFORE)


@pytest.mark.parametrize(
    ("state", "points", "words"),
    [
        (after(dense_weight=np.ones((3, 2))), 2, None),
        (after(), 0, "no weight has changed"),
        (
            after(dense_weight=np.ones((3, 2)), conv_bias=np.ones(2)),
            1,
            "conv.bias changed as well: give the optimizer",
        ),
        (after(conv_bias=np.ones(2)), 0, "conv.bias changed as well"),
    ],
)
def test_frozen_layers_stay_and_the_others_learn(state, points: float, words) -> None:
    t = Trial(0)
    only_these_changed(t, BEFORE, state, dense, 2)
    assert t.parts[0].points == points
    assert t.parts[0].messages == () if words is None else words in t.parts[0].messages[0]


def test_one_of_two_that_should_learn() -> None:
    t = Trial(0)
    only_these_changed(t, BEFORE, after(conv_bias=np.ones(2)), lambda n: "conv" in n, 2)
    assert t.parts[0].points == 1
    assert t.parts[0].messages == ("conv.weight should have learned, but did not change",)


def test_logits_are_no_probabilities() -> None:
    torch = pytest.importorskip("torch")
    nn = torch.nn
    for net, points, words in (
        (nn.Linear(4, 3), 1, None),
        (nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=1)), 0, "leave the softmax out"),
        (nn.Sequential(nn.Linear(4, 3), nn.LogSoftmax(dim=1)), 0, "leave the log-softmax out"),
        (nn.Sequential(nn.Linear(4, 3), nn.ReLU()), 1, None),
        (nn.Sequential(nn.Linear(4, 3), nn.Threshold(1e9, float("nan"))), 0, "no numbers (nan)"),
    ):
        t = Trial(0)
        gives_logits(t, offers.module(*Loopback([net]).offered()), t.randn(5, 4), 1)
        assert t.parts[0].points == points
        assert t.parts[0].messages == () if words is None else words in t.parts[0].messages[0]
