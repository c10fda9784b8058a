"""Train and eval mode, and what a testing function says, right and as students get it wrong."""

from __future__ import annotations

import pytest

from autograder.checks.training.modes import (
    eval_mode_while_testing,
    result_over_all,
    train_mode_while_training,
)
from tests.autograder.checks.training.replayed import epoch_of, evaluation_of, marked
from tests.autograder.checks.training.test_steps import (
    WRONG_LOSSES,
    all_but_the_last,
    nothing,
    right,
    softmax_first,
    two_passes,
)

torch = pytest.importorskip("torch")
cross_entropy = torch.nn.functional.cross_entropy


def in_whatever_mode(net, loader, optimizer, loss_fn):
    for x, y in loader:
        optimizer.zero_grad()
        loss_fn(net(x), y).backward()
        optimizer.step()


def softmax_in_train_mode(net, *more):
    net.train()
    return softmax_first(net, *more)


def moves_the_bias(net, *more):
    net[1].bias.data.add_(0.5)


@pytest.mark.parametrize(
    ("function", "points", "words"),
    [
        (right, 1, None),
        (softmax_in_train_mode, 1, None),
        *((function, 1, None) for function in WRONG_LOSSES),
        (two_passes, 1, None),
        (all_but_the_last, 1, None),
        (in_whatever_mode, 0, "`model.train()` belongs at the start"),
        (softmax_first, 0, "`model.train()` belongs at the start"),
        (nothing, 0, "no weight has changed"),
        (moves_the_bias, 0, "neither train mode nor eval"),
    ],
)
def test_training_is_in_train_mode(function, points: float, words: str | None) -> None:
    for seed in range(3):
        found = marked(train_mode_while_training, epoch_of(function), seed=seed)
        assert found.points == points, found
        assert found.messages == () if words is None else words in found.messages[0]


def accuracy(net, loader):
    net.eval()
    hits = images = 0
    with torch.no_grad():
        for x, y in loader:
            hits += (net(x).argmax(dim=1) == y).sum().item()
            images += len(y)
    return hits / images


def percentage(net, loader):
    return 100 * accuracy(net, loader)


def mean_loss(net, loader):
    net.eval()
    with torch.no_grad():
        total = sum(cross_entropy(net(x), y, reduction="sum") for x, y in loader)
    return total / len(loader.dataset)


def accuracy_in_train_mode(net, loader):
    hits = sum((net(x).argmax(dim=1) == y).sum().item() for x, y in loader)
    return hits / len(loader.dataset)


def loss_in_train_mode(net, loader):
    return sum(cross_entropy(net(x), y, reduction="sum").item() for x, y in loader) / 24


def error_rate(net, loader):
    return 1 - accuracy(net, loader)


def loss_of_softmax(net, loader):
    net.eval()
    total = sum(cross_entropy(net(x).softmax(1), y, reduction="sum").item() for x, y in loader)
    return total / len(loader.dataset)


def mean_of_batches(net, loader):
    net.eval()
    means = [(net(x).argmax(dim=1) == y).float().mean() for x, y in loader]
    return sum(means) / len(means)


def mean_of_mean_losses(net, loader):
    net.eval()
    return sum(cross_entropy(net(x), y).item() for x, y in loader) / len(loader)


def batches_times_batch_size(net, loader):
    net.eval()
    hits = sum((net(x).argmax(dim=1) == y).sum().item() for x, y in loader)
    return hits / (len(loader) * loader.batch_size)


def trains_while_testing(net, loader):
    net.eval()
    optimizer = torch.optim.SGD(net.parameters(), 0.1)
    for x, y in loader:
        cross_entropy(net(x), y).backward()
    optimizer.step()
    return accuracy(net, loader)


def averages_move(net, loader):
    told = accuracy(net, loader)
    net.train()
    for x, _ in loader:
        net(x)
    return told


@pytest.mark.parametrize(
    ("function", "measure", "points", "words"),
    [
        (accuracy, "accuracy", 1, None),
        (percentage, "accuracy", 1, None),
        (mean_loss, "loss", 1, None),
        (error_rate, "accuracy", 1, None),  # marked by the part after this
        (loss_of_softmax, "loss", 1, None),
        (mean_of_batches, "accuracy", 1, None),
        (accuracy_in_train_mode, "accuracy", 0, "it tests in train mode"),
        (loss_in_train_mode, "loss", 0, "it tests in train mode"),
        (averages_move, "accuracy", 0, "moves the averages"),
        (lambda net, loader: 1e6, "loss", 0, "neither in eval mode nor in train mode"),
        (lambda net, loader: None, "loss", 0, "is None; expected a number"),
    ],
)
def test_testing_is_in_eval_mode(function, measure, points: float, words: str | None) -> None:
    for seed in range(4):
        found = marked(eval_mode_while_testing, evaluation_of(function), measure, seed=seed)
        assert found.points == points, found
        assert found.messages == () if words is None else words in found.messages[0]


def test_testing_that_trains_is_seen() -> None:
    found = marked(eval_mode_while_testing, evaluation_of(trains_while_testing), "accuracy")
    assert found.points == 0


@pytest.mark.parametrize(
    ("function", "measure", "points", "words"),
    [
        (accuracy, "accuracy", 1, None),
        (percentage, "accuracy", 1, None),
        (mean_loss, "loss", 1, None),
        (accuracy_in_train_mode, "accuracy", 1, None),  # a network without dropout
        (mean_of_batches, "accuracy", 0.5, "the mean of the batches' means"),
        (error_rate, "accuracy", 0.3, "the share of wrong ones"),
        (loss_of_softmax, "loss", 0.4, "a softmax stands before"),
        (mean_of_mean_losses, "loss", 0.5, "the mean of the batches' means"),
        (batches_times_batch_size, "accuracy", 0.4, "batches × batch size"),
        (lambda net, loader: 0.123, "accuracy", 0, "where the accuracy over all 14 images is"),
    ],
)
def test_a_result_is_over_all_images(function, measure, points: float, words: str | None) -> None:
    for seed in range(4):
        found = marked(result_over_all, evaluation_of(function), measure, seed=seed)
        assert found.points == points, found
        assert found.messages == () if words is None else words in found.messages[0]


def test_right_values_are_right_for_many_seeds() -> None:
    for seed in range(40):
        assert marked(eval_mode_while_testing, evaluation_of(accuracy), seed=seed).points == 1
        assert marked(result_over_all, evaluation_of(accuracy), seed=seed).points == 1
        found = marked(eval_mode_while_testing, evaluation_of(accuracy_in_train_mode), seed=seed)
        assert found.points == 0
