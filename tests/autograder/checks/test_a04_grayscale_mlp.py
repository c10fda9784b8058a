"""Assignment 04: the references are right, and a network is measured whatever its run says."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from autograder.checks.a04_grayscale_mlp import network, trained
from autograder.judge.registry import judge
from autograder.judge.remote import Loopback
from autograder.judge.verdict import Verdict
from chainrule.training import Run

torch = pytest.importorskip("torch")
nn = torch.nn

FALLING = [2.3 * 0.8**k for k in range(20)]
STRAIGHT = [2.3 - 0.1 * k for k in range(20)]
ASKED = {"optimizer": "SGD", "lr": 0.01, "batch_size": 64, "momentum": 0, "weight_decay": 0}


def dense(*sizes: int) -> nn.Sequential:
    layers: list[nn.Module] = [nn.Flatten()]
    for inputs, outputs in pairwise(sizes):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def asked_for() -> nn.Sequential:
    return dense(*network.SIZES)


def run(**changes: object) -> Run:
    told = {"name": "dense", "trained": True, "is_sample": True, "config": ASKED}
    told["history"] = {"train_loss": FALLING, "test_accuracy": [0.3] * 20}
    return Run(**{**told, "epochs": 20, **changes})


def verdict(name: str, *objects: object, seed: int | None = None) -> Verdict:
    return judge(name, Loopback(objects).offered(), seed)


def points(given: Verdict) -> dict[str, float]:
    return {part.name: part.points / part.max_points for part in given.parts}


def test_our_grey_is_torchvisions() -> None:
    transforms = pytest.importorskip("torchvision.transforms")
    images = np.random.default_rng(0).random((4, 3, 5, 6)).astype(np.float32)
    theirs = transforms.Grayscale()(torch.from_numpy(images)).numpy()
    np.testing.assert_allclose(network.gray(images), theirs, rtol=network.GREY_RTOL)


def test_our_logits_are_torchs() -> None:
    net, images = asked_for(), np.random.default_rng(0).standard_normal((5, 1, 32, 32))
    state = {name: array.numpy() for name, array in net.state_dict().items()}
    with torch.no_grad():
        theirs = net(torch.from_numpy(images.astype(np.float32))).numpy()
    ours = network.logits(network._dense(state), images)
    np.testing.assert_allclose(ours, theirs, atol=1e-5)


def test_the_network_has_as_many_parameters_as_the_notebook_says() -> None:
    assert sum(p.numel() for p in asked_for().parameters()) == network.PARAMETERS


@pytest.mark.parametrize("seed", range(8))
def test_the_right_network_gets_everything_whatever_the_seed(seed: int) -> None:
    assert verdict("gray_network", asked_for, seed=seed).points == 5


def test_a_network_is_measured_whatever_its_run_claims() -> None:
    boasting = run(history={"train_loss": FALLING, "test_accuracy": [0.99] * 20})
    given = verdict("gray_training", asked_for(), boasting)
    assert given.points <= 1
    assert any("claimed 99.0%" in note for note in given.notes)


def test_a_network_of_another_kind_gets_nothing_and_breaks_nothing() -> None:
    given = verdict("gray_training", dense(3072, 20, 10), run())
    assert given.points == 0
    assert "RuntimeError" in given.text()


def test_a_run_that_was_not_trained_says_why() -> None:
    given = verdict("gray_training", asked_for(), run(trained=False, problem="no file there"))
    assert given.points == 0
    assert "no file there" in given.text()


@pytest.mark.parametrize(
    ("changes", "share"),
    [
        ({}, 1.0),
        ({"lr": 0.001}, 0.5),
        ({"lr": 0.001, "batch_size": 32}, 0.0),
        ({"optimizer": "Adam", "momentum": None}, 0.5),
        ({"momentum": 0.9}, 0.5),
    ],
)
def test_settings_are_those_that_were_asked_for(
    monkeypatch: pytest.MonkeyPatch, changes: dict, share: float
) -> None:
    monkeypatch.setattr(trained, "_measured", lambda *_: 0.5)
    given = verdict("gray_training", asked_for(), run(config={**ASKED, **changes}))
    assert points(given)["batches of 64, SGD with lr = 0.01 and nothing else"] == share


@pytest.mark.parametrize(
    ("losses", "flat"),
    [
        (FALLING, True),
        (STRAIGHT, True),  # as flat at its end as anywhere: nothing more can be asked
        (FALLING[:4], False),
        ([2.3, 2.29, 2.28, 2.2, 2.0, 1.7, 1.3], False),
        ([2.3, 2.0, float("nan"), 1.0, 1.0, 1.0], False),
    ],
)
def test_training_stops_when_the_loss_is_flat(
    monkeypatch: pytest.MonkeyPatch, losses: list[float], flat: bool
) -> None:
    monkeypatch.setattr(trained, "_measured", lambda *_: 0.5)
    history = {"train_loss": losses, "test_accuracy": [0.5] * len(losses)}
    given = verdict("gray_training", asked_for(), run(history=history, epochs=len(losses)))
    assert points(given)["trained until the training loss is flat, or nearly so"] == flat


def test_without_the_real_data_a_real_network_is_not_judged(
    monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    monkeypatch.setenv("CHAINRULE_DATA", str(tmp_path))
    given = verdict("gray_training", asked_for(), run(is_sample=False))
    assert "the real cifar10, which is not on the machine that grades" in given.undecided


def test_what_is_reported_is_held_against_each_network() -> None:
    nets = (asked_for(), nn.Sequential(nn.Flatten(), nn.Linear(1024, 10)))
    measured = [trained._measured(_as_module(net), run(), _trial()) for net in nets]
    assert verdict("gray_accuracy", *measured, *nets, run(), run()).points == 1
    assert verdict("gray_accuracy", 0.9, measured[1], *nets, run(), run()).points == 0.5
    assert verdict("gray_accuracy", 10, None, *nets, run(), run()).points == 0


def _as_module(net: nn.Module):
    from autograder.judge import offers

    return offers.module(*Loopback([net]).offered())


def _trial():
    from autograder.judge.trial import Trial

    return Trial(1)
