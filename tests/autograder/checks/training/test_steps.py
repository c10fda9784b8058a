"""Training functions, right and as students get them wrong, and what their steps earn."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.checks.training import networks, steps
from tests.autograder.checks.training.replayed import epoch_of, marked

torch = pytest.importorskip("torch")


def right(net, loader, optimizer, loss_fn):
    net.train()
    total = 0.0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(net(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader)


def right_in_another_order(net, loader, optimizer, loss_fn):
    losses = []
    for x, y in loader:
        loss = torch.nn.functional.cross_entropy(net.forward(x), y)
        loss.backward()
        optimizer.step()
        net.zero_grad(set_to_none=True)
        losses.append(loss)
    return sum(losses) / len(losses)


def never_zeroed(net, loader, optimizer, loss_fn):
    for x, y in loader:
        loss = loss_fn(net(x), y)
        loss.backward()
        optimizer.step()
    return loss


def zeroed_too_late(net, loader, optimizer, loss_fn):
    for x, y in loader:
        loss_fn(net(x), y).backward()
        optimizer.zero_grad()
        optimizer.step()


def step_after_the_loop(net, loader, optimizer, loss_fn):
    total = 0.0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(net(x), y)
        loss.backward()
        total += loss.item()
    optimizer.step()
    return total


def one_step_of_all_gradients(net, loader, optimizer, loss_fn):
    for x, y in loader:
        loss_fn(net(x), y).backward()
    optimizer.step()


def softmax_first(net, loader, optimizer, loss_fn):
    total = 0.0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(torch.softmax(net(x), dim=1), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader)


def softmax_first_and_never_zeroed(net, loader, optimizer, loss_fn):
    for x, y in loader:
        loss_fn(torch.softmax(net(x), dim=1), y).backward()
        optimizer.step()


def summed(net, loader, optimizer, loss_fn):
    total = 0.0
    for x, y in loader:
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(net(x), y, reduction="sum")
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader)


def uphill(net, loader, optimizer, loss_fn):
    for x, y in loader:
        optimizer.zero_grad()
        (-loss_fn(net(x), y)).backward()
        optimizer.step()


def returns_in_the_loop(net, loader, optimizer, loss_fn):
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(net(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()


def with_loss(wrong):
    """A right loop with a wrong loss."""

    def train(net, loader, optimizer, loss_fn):
        net.train()
        total = 0.0
        for x, y in loader:
            optimizer.zero_grad()
            loss = wrong(net(x), y)
            loss.backward()
            optimizer.step()
            total += loss.item()
        return total / len(loader)

    return train


F = torch.nn.functional
without_log = with_loss(lambda z, y: F.nll_loss(torch.softmax(z, dim=1), y))
smoothed = with_loss(lambda z, y: F.cross_entropy(z, y, label_smoothing=0.1))
squared = with_loss(lambda z, y: F.mse_loss(z, F.one_hot(y, 3).float()))
squared_of_softmax = with_loss(lambda z, y: F.mse_loss(z.softmax(1), F.one_hot(y, 3).float()))
WRONG_LOSSES = [without_log, smoothed, squared, squared_of_softmax]


def two_passes(net, loader, optimizer, loss_fn):
    return sum(right(net, loader, optimizer, loss_fn) for _ in range(2)) / 2


def all_but_the_last(net, loader, optimizer, loss_fn):
    net.train()
    batches = list(loader)[:-1]
    total = 0.0
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_fn(net(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / max(len(batches), 1)


def stepped_twice(net, loader, optimizer, loss_fn):
    for x, y in loader:
        optimizer.zero_grad()
        (3 * loss_fn(net(x), y)).backward()
        optimizer.step()


def nothing(net, loader, optimizer, loss_fn):
    return 0.0


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("function", [right, right_in_another_order])
@pytest.mark.parametrize(
    "part", [steps.one_step, steps.gradients_zeroed, steps.loss_falls, steps.loss_reported]
)
def test_a_right_function_gets_everything_and_hears_nothing(part, function, seed: int) -> None:
    found = marked(part, epoch_of(function), seed=seed)
    assert (found.points, found.messages) == (1, ())


@pytest.mark.parametrize(
    ("function", "points", "words"),
    [
        (never_zeroed, 1, None),
        (zeroed_too_late, 0, "no weight has changed"),
        (nothing, 0, "no weight has changed"),
        (softmax_first, 0.4, "a softmax stands before the cross-entropy"),
        (summed, 0.5, "added up over the batch"),
        (uphill, 0.2, "goes uphill"),
        (without_log, 0.4, "`nll_loss` wants logarithms"),
        (smoothed, 0.5, "smoothed labels"),
        (squared, 0.3, "a mean of squares"),
        (squared_of_softmax, 0.3, "a mean of squares"),
        (two_passes, 0.5, "gone through twice"),
        (all_but_the_last, 0.5, "nothing is learned from the last batch"),
        (stepped_twice, 0, "3 times as long as learning rate and gradient make it"),
        (lambda *more: 1 / 0, 0, "raised ZeroDivisionError"),
        (lambda net, *more: net[0].weight.data.zero_(), 0, "off by"),
    ],
)
def test_one_step(function, points: float, words: str | None) -> None:
    found = marked(steps.one_step, epoch_of(function))
    assert found.points == points
    assert words is None or words in found.messages[0]


@pytest.mark.parametrize(
    ("function", "points", "words"),
    [
        (never_zeroed, 0.3, "gradients of earlier batches"),
        (softmax_first_and_never_zeroed, 0.3, "gradients of earlier batches"),
        (step_after_the_loop, 0.3, "one step for all batches"),
        (one_step_of_all_gradients, 0.3, "one step for all batches"),
        (returns_in_the_loop, 0.2, "only the first batch"),
        (zeroed_too_late, 0, "no weight has changed"),
        (softmax_first, 1, None),  # marked by the part before
        (summed, 1, None),
        *((function, 1, None) for function in WRONG_LOSSES),
        (two_passes, 1, None),
        (all_but_the_last, 0.5, "nothing is learned from the last batch"),
        (stepped_twice, 0, "not where three steps"),
    ],
)
def test_gradients_are_zeroed_for_each_batch(function, points: float, words: str | None) -> None:
    for seed in range(3):
        found = marked(steps.gradients_zeroed, epoch_of(function), seed=seed)
        assert found.points == points
        assert found.messages == () if words is None else words in found.messages[0]


@pytest.mark.parametrize(
    ("function", "points", "words"),
    [
        (never_zeroed, 0.4, "last batch alone"),
        (returns_in_the_loop, 0.2, "only the first batch"),
        (step_after_the_loop, 0.5, "added up; divide by the number of batches"),
        (summed, 0.5, "a sum over images"),
        (softmax_first, 1, "a softmax stands before"),
        (without_log, 1, "`nll_loss` wants logarithms"),
        (smoothed, 1, "smoothed labels"),
        (squared, 1, "a mean of squares"),
        (squared_of_softmax, 1, "a mean of squares"),
        (all_but_the_last, 0.5, "of the last batch is not in the mean"),
        (uphill, 0, "is None; expected a number"),
        (nothing, 0, "whose batches have a mean loss of"),
    ],
)
def test_the_reported_loss(function, points: float, words: str) -> None:
    found = marked(steps.loss_reported, epoch_of(function))
    assert found.points == points
    assert words in found.messages[0]


@pytest.mark.parametrize("function", [uphill, nothing, zeroed_too_late])
def test_a_loss_that_does_not_fall(function) -> None:
    found = marked(steps.loss_falls, epoch_of(function))
    assert found.points == 0
    assert "after 10 epochs the loss went from" in found.messages[0]


def test_the_reference_gradients_are_those_of_torch() -> None:
    rng = np.random.default_rng(0)
    for sizes in ((4, 3), (4, 5, 3), (4, 6, 5, 3)):
        start = networks.random_parameters(rng, *sizes)
        x, y = rng.standard_normal((7, 4)), rng.integers(0, 3, 7)
        tensors = [torch.tensor(p, requires_grad=True) for p in start]
        z = torch.from_numpy(x)
        for i in range(0, len(tensors), 2):
            z = (torch.relu(z) if i else z) @ tensors[i] + tensors[i + 1]
        loss = torch.nn.functional.cross_entropy(z, torch.from_numpy(y))
        loss.backward()
        assert np.isclose(networks.loss(start, x, y), loss.item())
        for mine, theirs in zip(networks.gradients(start, x, y), tensors, strict=True):
            assert np.allclose(mine, theirs.grad.numpy())
        assert networks.accuracy(start, x, y) == (z.argmax(1).numpy() == y).mean()
