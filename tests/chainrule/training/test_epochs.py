"""What an epoch returns: numbers, or words that help."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.training import TrainingError, train
from chainrule.training.metrics import numbers_of

torch = pytest.importorskip("torch")


@pytest.mark.parametrize(
    "value",
    [
        0.5,
        np.float32(0.5),
        np.array(0.5),
        np.array([0.5]),
        torch.tensor(0.5),
        torch.tensor([[0.5]]),
    ],
)
def test_any_single_number_is_one(value):
    assert numbers_of(0, {"train_loss": value}) == ({"train_loss": 0.5}, [])


@pytest.mark.parametrize(
    ("returned", "words"),
    [
        (None, "returned nothing"),
        (0.5, "returned 0.5 "),
        ({}, "should return a dictionary"),
        ({"train_loss": "low"}, "not a number"),
        ({"train_loss": [0.1, 0.2]}, r"Return its mean: sum\(train_loss\)"),
        ({"train_loss": np.zeros(3)}, r"the shape \(3,\)"),
        ({"train_loss": torch.zeros(2, 2)}, r"losses.mean\(\).item\(\)"),
        ({"train_loss": 1j}, "not a number"),
        ({"train_loss": 10**400}, "too large"),
        ({1: 0.5}, "Names are text"),
        ({f"n{i}": 0.0 for i in range(99)}, "at most 50"),
    ],
)
def test_what_is_no_number_says_what_to_return(returned, words):
    with pytest.raises(TrainingError, match=words):
        train("a", {"w": np.zeros(2)}, lambda k: returned, 1)


def test_other_names_than_before_are_refused():
    with pytest.raises(TrainingError, match="Return the same names each time"):
        train("a", {"w": np.zeros(2)}, lambda k: {f"loss{k}": 0.0}, 2)


def test_a_loss_with_its_graph_is_taken_and_said_once(capsys):
    loss = torch.tensor(0.5, requires_grad=True) * 2
    run = train("a", {"w": np.zeros(2)}, lambda k: {"train_loss": loss}, 3)
    assert run.history["train_loss"] == [1.0, 1.0, 1.0]
    assert capsys.readouterr().out.count("still holds its graph") == 1


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_a_loss_that_is_no_number_any_more_ends_the_run_with_advice(folder, capsys, bad):
    run = train("a", {"w": np.zeros(2)}, lambda k: {"train_loss": bad if k == 2 else 1.0}, 5)
    assert not run.trained
    assert "in epoch 3" in run.problem
    assert "smaller learning rate" in run.problem
    assert run.history["train_loss"] == [1.0, 1.0]
    assert run.problem in capsys.readouterr().out
    assert list((folder / "artifacts").iterdir()) == []


def test_an_accuracy_of_nothing_is_told_apart_from_a_loss():
    run = train("a", {"w": np.zeros(2)}, lambda k: {"test_accuracy": float("nan")}, 5)
    assert "a count of 0" in run.problem


def test_data_on_another_device_says_how_to_move_it():
    def epoch(k: int):
        raise RuntimeError("Expected all tensors to be on the same device, but found cuda:0, cpu")

    with pytest.raises(TrainingError, match=r"images.to\(device\)"):
        train("a", {"w": np.zeros(2)}, epoch, 1)


def test_other_errors_of_an_epoch_stay_as_they_are():
    def epoch(k: int):
        raise RuntimeError("mat1 and mat2 shapes cannot be multiplied")

    with pytest.raises(RuntimeError, match="mat1") as caught:
        train("a", {"w": np.zeros(2)}, epoch, 1)
    assert not isinstance(caught.value, TrainingError)
