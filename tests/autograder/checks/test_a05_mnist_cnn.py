"""Assignment 05: what was not handed in costs its points, and so do trainings that are none."""

from __future__ import annotations

import pytest

from autograder.checks import a05_mnist_cnn  # noqa: F401  (registers the checks)
from autograder.judge.registry import judge
from autograder.judge.remote import Loopback
from chainrule.training import Run

torch = pytest.importorskip("torch")
nn = torch.nn


@pytest.mark.parametrize(("question", "networks"), [("cnn_sweep", 4), ("cnn_final", 1)])
def test_missing_weights_get_nothing_where_the_real_data_are_not_there(
    question: str, networks: int, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    """A run without weights does not say which data it was trained on."""
    monkeypatch.setenv("CHAINRULE_DATA", str(tmp_path))
    gone = Run("m", problem="artifacts/m.safetensors was not handed in")
    nets = [nn.Sequential(nn.Flatten(), nn.Linear(784, 10)) for _ in range(networks)]
    claims = [0.99] if question == "cnn_final" else []
    given = judge(question, Loopback([*nets, *[gone] * networks, *claims]).offered())
    assert given.points == 0
    assert "artifacts/m.safetensors was not handed in" in given.text()


def constant(label: int) -> nn.Sequential:
    net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
    nn.init.zeros_(net[1].weight)
    with torch.no_grad():
        net[1].bias.copy_(torch.eye(10)[label])
    return net


def training(lr: float) -> Run:
    history = {"train_loss": [2.3, 2.3], "val_accuracy": [0.1, 0.1]}
    told = {"name": str(lr), "trained": True, "is_sample": True, "epochs": 2}
    return Run(**told, history=history, config={"optimizer": "SGD", "lr": lr})


def points(*offered: object) -> list[float]:
    return [part.points for part in judge("cnn_hyper", Loopback(offered).offered()).parts]


def test_of_three_trainings_one_may_have_learned_nothing() -> None:
    """A learning rate that is too large is a result; three networks that guess are none."""
    runs = [training(lr) for lr in (0.1, 1.0, 10.0)]
    assert points("lr", *map(constant, range(3)), *runs) == [0.25, 0, 0, 0.25]


def test_one_network_under_three_names_shows_nothing() -> None:
    runs = [training(lr) for lr in (0.1, 1.0, 10.0)]
    assert points("lr", *[constant(1)] * 3, *runs) == [0.25, 0, 0, 0]
