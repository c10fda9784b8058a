"""Which device, and which seed."""

from __future__ import annotations

import random

import numpy as np
import pytest

from chainrule.training import TrainingError, device, is_grading, seed_all
from chainrule.training.environment import DEVICE

torch = pytest.importorskip("torch")


def test_the_best_device_that_is_there_is_chosen(monkeypatch, grading):
    monkeypatch.delenv(DEVICE, raising=False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert device().type == "cuda"
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert device().type == "cpu"
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    assert device().type == "mps"
    grading()
    assert device().type == "cpu"


def test_the_choice_can_be_overridden_and_a_device_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setenv(DEVICE, "cpu")
    assert device() == torch.device("cpu")
    for wanted, words in (("cuda", "no such device"), ("gpu", "which is no device")):
        monkeypatch.setenv(DEVICE, wanted)
        with pytest.raises(TrainingError, match=words):
            device()


def test_only_the_autograder_says_that_it_grades(grading):
    assert not is_grading()
    grading()
    assert is_grading()


def test_one_seed_for_all_generators():
    def draw() -> tuple:
        return random.random(), np.random.random(), torch.rand(1).item()

    seed_all(3)
    first = draw()
    seed_all(np.int64(3))
    assert draw() == first
    seed_all(4)
    assert draw() != first


@pytest.mark.parametrize("seed", [-1, 2**32, 0.5, "1", None, True])
def test_what_is_no_seed_is_refused(seed):
    with pytest.raises(TrainingError, match="A seed is a whole number"):
        seed_all(seed)
