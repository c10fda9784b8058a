"""Tiny trainings, in a folder of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from chainrule.training import Run, train
from chainrule.training.environment import GRADING


@dataclass(frozen=True)
class Data:
    """What is recorded of a DataSet."""

    name: str = "toy"
    is_sample: bool = True
    fingerprint: str = "0123456789abcdef"


def line(k: int = 0) -> tuple[dict[str, np.ndarray], Callable[[int], dict[str, float]]]:
    """A model of NumPy arrays and its epoch: NumPy's global generator decides where it goes."""
    model = {"w": np.zeros((3, 2)), "b": np.zeros(2, dtype=np.float32)}

    def epoch(k: int) -> dict[str, float]:
        model["w"] += np.random.normal(size=(3, 2))
        model["b"] += 1
        return {"train_loss": 1.0 / (k + 1), "test_accuracy": 0.1 * k}

    return model, epoch


def train_line(epochs: int = 3, name: str = "line", **options: object) -> tuple[Run, dict]:
    model, epoch = line()
    return train(name, model, epoch, epochs, **options), model


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the notebook would be."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(GRADING, raising=False)
    return tmp_path


@pytest.fixture
def grading(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From the call on, the notebook is being graded."""
    return lambda: monkeypatch.setenv(GRADING, "1")
