"""A `Run` says what happened, in a few lines."""

from __future__ import annotations

import dataclasses
import json

import pytest

from chainrule.training import Run, TrainingError
from chainrule.training.run import History, duration

RUN = Run(
    name="small-cnn-adam",
    history=History(train_loss=[2.3, 1.0, 1.25], test_accuracy=[0.1, 0.5, 0.625]),
    config={"lr": 0.01, "batch_size": 64},
    epochs=3,
    seed=0,
    seconds=65.2,
    trained=True,
    data_name="cifar10",
    is_sample=True,
)


def test_it_shows_itself_as_a_small_table():
    assert repr(RUN) == (
        "Run 'small-cnn-adam': 3 epochs on cifar10 (the small sample) in 1 min 05 s\n"
        "               first   last  lowest  highest\n"
        "train_loss       2.3   1.25       1      2.3\n"
        "test_accuracy    0.1  0.625     0.1    0.625\n"
        "config: lr = 0.01, batch_size = 64"
    )
    empty = Run("a", problem="artifacts/a.json was not handed in")
    assert repr(empty) == ("Run 'a': not trained\nproblem: artifacts/a.json was not handed in")


def test_it_is_frozen_and_plain():
    with pytest.raises(dataclasses.FrozenInstanceError):
        RUN.name = "other"
    plain = RUN.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert type(plain["history"]) is dict
    plain["history"]["train_loss"].append(0.0)
    assert len(RUN.history["train_loss"]) == 3


def test_a_number_that_was_not_recorded_is_named_with_those_that_were():
    assert RUN.last("test_accuracy") == 0.625
    with pytest.raises(TrainingError, match="It has: train_loss, test_accuracy"):
        RUN.last("accuracy")
    with pytest.raises(KeyError, match="there are train_loss, test_accuracy"):
        RUN.history["accuracy"]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.04, "0.0 s"), (9.9, "9.9 s"), (9.96, "10 s"), (59.6, "1 min 00 s"), (7265, "2 h 01 min")],
)
def test_times_are_said_as_people_say_them(seconds, words):
    assert duration(seconds) == words
