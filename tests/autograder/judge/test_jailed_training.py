"""Training, models, plots and values of a notebook in the jailed kernel, before a jailed judge."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.sandbox import execute, judging
from autograder.sandbox.outcome import RUN
from autograder.sandbox.transcript import verdict_text
from tests.autograder.judge.test_jailed_kernel import jailed, points, run

pytest.importorskip("torch")

TRIALS = "tests.autograder.judge.trial_checks"


@pytest.fixture(scope="module")
def judge_of_trials() -> Iterator[judging.Judge]:
    """A judges' server that knows the checks of these tests, too."""
    popen = subprocess.Popen

    def with_trials(command: list[str], **options: object) -> subprocess.Popen:
        command = [TRIALS if c == "autograder.judge.server" else c for c in command]
        return popen(command, **options | {"cwd": Path(__file__).parents[3]})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging.subprocess, "Popen", with_trials)
        judge = judging.Judge()
    yield judge
    judge.close()


@pytest.fixture
def graded(judge_of_trials, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(execute, "judge_of_this_worker", lambda: judge_of_trials)
    return lambda *cells: run(tmp_path, *cells, timeout=60)


def asked(name: str, objects: str, most: float) -> NotebookNode:
    cell = new_code_cell(f'grade("trial_{name}", {objects})')
    cell.metadata["nbgrader"] = {"grade_id": name, "grade": True, "points": most}
    return cell


SET_UP = """
import numpy as np, torch
from torch import nn
from chainrule import grade
"""
TRAINING = """
def train(net, loader, optimizer, loss_fn):
    net.train()
    total = 0.0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(net(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader)
def test(net, loader):
    net.eval()
    with torch.no_grad():
        losses = [nn.functional.cross_entropy(net(x), y, reduction="sum") for x, y in loader]
    return sum(losses) / len(loader.dataset)
"""
NEVER_ZEROED = TRAINING.replace("optimizer.zero_grad()", "pass").replace("net.eval()", "pass")
MODEL = """
from sklearn.datasets import load_digits
from chainrule.datasets.sample import digits
torch.manual_seed(0)
class Net(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(1, channels, 5, stride=2), nn.ReLU(), nn.Flatten(),
                                  nn.Linear(channels * 144, 10))
    def forward(self, x): return self.body(x)
net = Net(8)
pictures, labels = digits(1500, seed=1)
x, y = torch.from_numpy(pictures).float()[:, None] / 255, torch.from_numpy(labels)
optimizer = torch.optim.Adam(net.parameters(), 0.01)
for epoch in range(4):
    for batch in torch.randperm(1500).split(50):
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(x[batch]), y[batch]).backward()
        optimizer.step()
before = {key: value.clone() for key, value in net.state_dict().items()}
"""
STILL_THE_SAME = """
assert all(torch.equal(before[key], value) for key, value in net.state_dict().items())
"""
PLOT = """
from matplotlib import pyplot as plt
_, axes = plt.subplots()
axes.plot([1, 2], [2.5, 1.5], label="train")
axes.plot([1, 2], [3.0, 2.0], label="test")
axes.set(xlabel="epoch")
"""


@jailed
def test_training_functions_are_replayed_in_a_jailed_kernel(graded) -> None:
    first, second = (asked("training", "train, test", 6) for _ in range(2))
    cells = graded(SET_UP, TRAINING, first, NEVER_ZEROED, second)
    assert points(cells[2]) == ["6.0"], verdict_text(cells[2])
    assert "flags" not in cells[2].metadata[RUN]
    assert points(cells[4]) == ["4.3"], verdict_text(cells[4])
    said = verdict_text(cells[4])
    assert "gradients of earlier batches" in said
    assert "it tests in train mode" in said


@jailed
def test_models_are_made_filled_and_measured_in_a_jailed_kernel(graded) -> None:
    right, wrong = (asked("model", f"Net, net, {claimed}", 4) for claimed in (0.97, 0.2))
    cells = graded(SET_UP, MODEL, right, wrong, STILL_THE_SAME)
    assert points(cells[2]) == points(cells[3]) == ["4.0"], verdict_text(cells[2])
    assert "flags" not in cells[2].metadata[RUN]
    assert "claimed 20.0%, measured" in cells[3].metadata[RUN]["flags"][0]
    assert cells[4].metadata[RUN]["status"] == "ran"


@jailed
def test_plots_and_plain_values_arrive_from_a_jailed_kernel_without_torch(graded) -> None:
    set_up = "from chainrule import grade"
    settings = "{'lr': 0.1, 'sizes': (3, 4)}, 'ReLU'"
    cells = graded(
        set_up,
        PLOT,
        asked("words", f"{settings}, axes", 3),
        asked("words", f"{settings}, axes.lines", 3),
        asked("words", f"{settings}, None", 3),
    )
    assert points(cells[2]) == ["3.0"], verdict_text(cells[2])
    assert points(cells[4]) == ["1.0"], verdict_text(cells[4])
    assert "expected a plot, but got None; give the Axes" in verdict_text(cells[4])


@jailed
def test_a_kernel_without_torch_says_what_is_missing(graded) -> None:
    cells = graded(
        "from chainrule import grade", asked("training", "lambda *more: 0, lambda *more: 0", 6)
    )
    assert points(cells[1]) == ["0.0"]
    assert "is not there in this kernel" in verdict_text(cells[1])
