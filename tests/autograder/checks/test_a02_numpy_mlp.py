"""Assignment 02: the references are right, and handed-in networks are measured, not believed."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.checks.a02_numpy_mlp import reference
from autograder.judge.registry import judge
from autograder.judge.remote import Loopback
from autograder.judge.verdict import Verdict
from chainrule.datasets.sample import colour_images
from chainrule.training import Run

SIZES = (3072, 4, 10)


def params(seed: int, sizes: tuple[int, int, int], scale: float = 1.0) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    d, h, c = sizes
    shapes = {"W1": (d, h), "b1": (h,), "W2": (h, c), "b2": (c,)}
    return {name: scale * rng.standard_normal(shape) for name, shape in shapes.items()}


def network(**changes: object) -> dict[str, object]:
    """One that tells its first class from nothing else."""
    scaling = {"mean": np.zeros(3072), "spread": np.array(1.0)}
    return {**params(0, SIZES, 0.01), **scaling, **changes}


def run(**changes: object) -> Run:
    told = {"name": "two-layer", "trained": True, "is_sample": True, "epochs": 1, **changes}
    return Run(**told)


def verdict(name: str, *objects: object) -> Verdict:
    return judge(name, Loopback(objects).offered())


def test_a_value_that_is_none_costs_its_own_part_only() -> None:
    def there_and_back(x: np.ndarray, w: np.ndarray, b: np.ndarray, dout: np.ndarray) -> tuple:
        return dout @ w.T, x.T @ dout, None

    given = verdict("fc_backward", there_and_back)
    assert {part.name: part.points for part in given.parts[:3]} == {"dx": 0.25, "dw": 0.25, "db": 0}
    assert given.parts[2].messages == ("there_and_back: db is None",)


@pytest.mark.parametrize("passes", [True, False])
def test_only_who_lets_dout_pass_at_zero_hears_of_the_comparison(passes: bool) -> None:
    def there_and_back(x: np.ndarray, dout: np.ndarray) -> tuple:
        return (dout * (x > 0) + (1 if passes else 0.3) * dout * (x == 0),)

    (message,) = verdict("relu_backward", there_and_back).parts[1].messages
    assert "so dx is 0 there" in message
    assert ("with >, not with >=" in message) is passes


def test_only_a_loss_that_is_right_for_small_scores_hears_of_a_number_in_the_logarithm() -> None:
    def softmax(s: np.ndarray, y: np.ndarray, added: float, sign: int) -> tuple:
        p = np.exp(reference.log_softmax(s))[np.arange(len(y)), y]
        return sign * np.mean(np.log(p + added)), reference.loss_gradient(s, y)

    for added, sign, hears in ((1e-12, -1, True), (0.5, -1, False)):
        given = verdict("softmax_loss", lambda s, y, a=added, n=sign: softmax(s, y, a, n))
        assert ("a small number inside of the logarithm" in given.text()) is hears


@pytest.mark.parametrize("seed", range(5))
def test_every_reference_gradient_agrees_with_finite_differences(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, d, m = rng.integers(1, 6, 3)
    x, w, b = rng.standard_normal((n, d)), rng.standard_normal((d, m)), rng.standard_normal(m)
    dout, y = rng.standard_normal((n, m)), rng.integers(0, m, n)
    dx, dw, db = reference.fc_backward(dout, x, w)
    for given, at, function in (
        (dx, x, lambda v: np.sum(reference.fc_forward(v, w, b) * dout)),
        (dw, w, lambda v: np.sum(reference.fc_forward(x, v, b) * dout)),
        (db, b, lambda v: np.sum(reference.fc_forward(x, w, v) * dout)),
        (
            reference.relu_backward(dout, dout),
            dout,
            lambda v: 0.5 * np.sum(reference.relu_forward(v) ** 2),
        ),
        (reference.loss_gradient(dout, y), dout, lambda v: reference.loss(v, y)),
    ):
        assert reference.agree(given, reference.differences(function, at), rtol=1e-6)


def test_the_reference_classifier_agrees_with_finite_differences() -> None:
    sizes = (4, 5, 3)
    made, rng = params(1, sizes), np.random.default_rng(2)
    x, y = rng.standard_normal((6, 4)), rng.integers(0, 3, 6)
    gradients = reference.classifier_gradients(made, x, y)
    for name, value in made.items():

        def loss(at: np.ndarray, name: str = name) -> float:
            return reference.loss(reference.classifier_scores({**made, name: at}, x), y)

        assert reference.agree(gradients[name], reference.differences(loss, value), rtol=1e-6)


def test_a_network_is_measured_whatever_its_run_claims() -> None:
    boasting = run(history={"validation_accuracy": [0.99]})
    given = verdict("hyperparameters", network(), boasting)
    assert given.points == 0
    assert any("claimed 99.0%" in note for note in given.notes)


def test_a_network_that_has_learned_gets_its_points() -> None:
    # Ridge regression on the pixels, as a network of 20 units that are always on for one sign.
    images, labels = colour_images(5000, seed=3)
    x = images.reshape(len(images), -1) / 255 - 0.5
    x1 = np.hstack([x, np.ones((len(x), 1))])
    best = np.linalg.solve(x1.T @ x1 + 30 * np.eye(3073), x1.T @ np.eye(10)[labels])
    weights = {
        "W1": np.hstack([best[:-1], -best[:-1]]),
        "b1": np.hstack([best[-1], -best[-1]]),
        "W2": np.vstack([np.eye(10), -np.eye(10)]),
        "b2": np.zeros(10),
    }
    taught = {**weights, "mean": np.full(3072, 0.5), "spread": np.array(1.0)}
    given = verdict("hyperparameters", taught, run())
    blind = verdict("hyperparameters", network(), run())
    assert 0 == blind.points < given.points


def test_a_run_that_was_not_trained_says_why() -> None:
    given = verdict("hyperparameters", network(), run(trained=False, problem="no file there"))
    assert given.points == 0
    assert "no file there" in given.text()


@pytest.mark.parametrize(
    "changes",
    [
        {"W1": np.zeros((4, 3072))},
        {"W2": None},
        {"b1": np.zeros(0)},
        {"mean": np.zeros(3)},
        {"spread": np.array(0.0)},
        {"b2": np.full(10, np.nan)},
        {"W1": "all of it"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_network_of_another_shape_gets_nothing_and_breaks_nothing(changes: dict) -> None:
    given = verdict("hyperparameters", network(**changes), run())
    assert given.points == 0
    assert given.parts[0].messages


def test_without_the_real_data_a_real_network_is_left_undecided(
    monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    monkeypatch.setenv("CHAINRULE_DATA", str(tmp_path))
    given = verdict("hyperparameters", network(), run(is_sample=False))
    assert "the real cifar10, which is not on the machine that grades" in given.undecided


def test_the_accuracy_reported_is_held_against_the_network() -> None:
    assert verdict("test_accuracy", 0.7, network(), run()).points == 0
    assert verdict("test_accuracy", 70, network(), run()).points == 0
