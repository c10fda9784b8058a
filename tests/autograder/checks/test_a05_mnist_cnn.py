"""Assignment 05: what was not handed in costs its points; it is nobody's to decide."""

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
