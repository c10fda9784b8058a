"""The two loops as whole questions: right ones get everything, whatever the seed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder.checks.training.loops import evaluate_parts, train_epoch_parts
from autograder.judge import offers
from autograder.judge.remote import Loopback
from autograder.judge.trial import Trial

torch = pytest.importorskip("torch")
cross_entropy = torch.nn.functional.cross_entropy


def train_epoch(model, batches, optimizer):
    model.train()
    losses = []
    for x, y in batches:
        optimizer.zero_grad()
        loss = cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


def evaluate(model, batches):
    model.eval()
    with torch.no_grad():
        pairs = [(model(x), y) for x, y in batches]
    logits, labels = (torch.cat(parts) for parts in zip(*pairs, strict=True))
    right = (logits.argmax(dim=1) == labels).float().mean().item()
    return cross_entropy(logits, labels).item(), right


def accuracy_first(model, batches):
    return evaluate(model, batches)[::-1]


def percentage_first(model, batches):
    loss, accuracy = evaluate(model, batches)
    return 100 * accuracy, loss


def accuracy_only(model, batches):
    return evaluate(model, batches)[1]


def earned(parts: Callable, function: Callable, points: float, seed: int = 0) -> dict[str, float]:
    t = Trial(seed)
    parts(t, offers.trainer(*Loopback([function]).offered()), points)
    assert sum(part.max_points for part in t.parts) == pytest.approx(points)
    return {part.name: part.points / part.max_points for part in t.parts}


@pytest.mark.parametrize("seed", range(10))
def test_right_loops_get_everything(seed: int) -> None:
    assert set(earned(train_epoch_parts, train_epoch, 5, seed).values()) == {1.0}
    assert set(earned(evaluate_parts, evaluate, 3, seed).values()) == {1.0}


@pytest.mark.parametrize("function", [accuracy_first, percentage_first])
def test_the_wrong_order_costs_its_own_part_alone(function: Callable) -> None:
    found = earned(evaluate_parts, function, 1)
    assert found.pop("first the loss, then the accuracy") == 0
    assert set(found.values()) == {1.0}


def test_one_number_for_two_gets_nothing() -> None:
    assert set(earned(evaluate_parts, accuracy_only, 1).values()) == {0.0}


def test_what_trains_nothing_gets_nothing() -> None:
    found = earned(train_epoch_parts, lambda model, batches, optimizer: 1.0, 1)
    assert set(found.values()) == {0.0}
