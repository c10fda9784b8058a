"""What the judge reads of a training run."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from autograder.judge import offers
from autograder.judge.remote import Loopback
from autograder.judge.trial import Missed
from chainrule.training import Run


def taken(answer: object):
    return offers.run(*Loopback([answer]).offered())


def test_a_run_arrives_as_plain_data() -> None:
    run = Run(
        "cnn",
        {"train_loss": [2.3, 1.1], "test_accuracy": [0.1, 0.6]},
        {"lr": 0.01, "batch_size": 64, "sizes": [3, 4]},
        epochs=2,
        seed=0,
        trained=True,
        data_name="mnist",
        is_sample=True,
    )
    record = taken(run)
    assert record.history == {"train_loss": (2.3, 1.1), "test_accuracy": (0.1, 0.6)}
    assert record.config == {"lr": 0.01, "batch_size": 64, "sizes": [3, 4]}
    assert (record.name, record.epochs, record.seed) == ("cnn", 2, 0)
    assert (record.trained, record.problem) == (True, "")
    assert (record.data_name, record.is_sample) == ("mnist", True)
    assert (record.last("test_accuracy"), record.last("nothing")) == (0.6, None)


def test_a_run_that_was_not_trained_says_why() -> None:
    record = taken(Run("cnn", problem="artifacts/cnn.safetensors is not there"))
    assert not record.trained
    assert record.problem == "artifacts/cnn.safetensors is not there"
    assert record.last("test_accuracy") is None


@pytest.mark.parametrize("answer", [None, 3, {"history": {}}, [1.0], "cnn"])
def test_what_is_no_run_is_said(answer: object) -> None:
    with pytest.raises(Missed, match="expected the run that"):
        taken(answer)


def test_odd_entries_cost_themselves_only() -> None:
    run = SimpleNamespace(
        history={"loss": [1.0, "two", np.float32(3), 10**400], 5: "x", "tensor": np.arange(2.0)},
        trained=1,
        epochs="many",
        config={"f": print, "lr": np.float64(0.5), 3: [1]},
        problem=7,
    )
    record = taken(run)
    assert record.history["loss"][::2] == (1.0, 3.0)
    assert np.isnan(record.history["loss"][1::2]).all()
    assert record.history["tensor"] == (0.0, 1.0)
    assert record.config == {"f": None, "lr": 0.5, "3": [1]}
    assert (record.trained, record.epochs, record.problem) == (False, 4, "")


def test_a_history_that_is_none_is_said() -> None:
    with pytest.raises(Missed, match="the history of your run is a list"):
        taken(SimpleNamespace(history=[1.0], trained=True))
