"""Assignment 08: networks are measured and compared bit by bit, whatever is said of them."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from autograder.checks.a08_transfer_learning import network
from autograder.judge.registry import judge
from autograder.judge.remote import Loopback
from autograder.judge.verdict import Verdict
from chainrule.training import Run

torch = pytest.importorskip("torch")
nn = torch.nn


class SmallCNN(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        sizes = ((3, 5), (5, 10), (10, 20), (20, 40))
        layers = [nn.Conv2d(a, b, 4, stride=2 if a == 3 else 1) for a, b in sizes]
        self.convolutions = nn.Sequential(*(part for c in layers for part in (c, nn.ReLU())))
        self.dense = nn.Linear(1440, 5)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return self.dense(self.convolutions(images).flatten(1))


def moved(net: nn.Module, *names: str) -> nn.Module:
    """A copy of which the named parts differ: a training, as far as weights tell."""
    other = copy.deepcopy(net)
    for name in names:
        for parameter in getattr(other, name).parameters():
            parameter.data += 0.3 * torch.randn_like(parameter)
    return other


def run(**changes: object) -> Run:
    told = {"name": "r", "trained": True, "is_sample": True, "epochs": 1, **changes}
    return Run(**told)


def verdict(name: str, *objects: object) -> Verdict:
    return judge(name, Loopback(objects).offered())


def part(given: Verdict, word: str) -> float:
    (found,) = [entry for entry in given.parts if word in entry.name]
    return found.points


@pytest.fixture(autouse=True)
def seeded() -> None:
    torch.manual_seed(0)


def test_the_reference_network_is_torchs() -> None:
    net, images = SmallCNN(), torch.rand(2, 3, 32, 32)
    state = {name: tensor.numpy() for name, tensor in net.state_dict().items()}
    given = network.logits(state, images.numpy(), [network.relu] * 4)
    np.testing.assert_allclose(given, net(images).detach().numpy(), atol=1e-5)


def test_networks_that_guess_get_nothing_whatever_their_runs_claim() -> None:
    boasting = run(history={"test_accuracy": [0.99]})
    given = verdict("first_whole", SmallCNN(), boasting)
    assert given.points == 0
    assert any("claimed 99.0%" in note for note in given.notes)


@pytest.mark.parametrize(
    ("missing", "points"), [("second", (1.0, 0, 0.8)), ("carried", (1.0, None, 0))]
)
def test_missing_weights_say_so_and_cost_the_parts_that_need_them(missing, points) -> None:
    gone = run(trained=False, problem="artifacts/x.safetensors was not handed in")
    runs = (gone, run()) if missing == "second" else (run(), gone)
    first = SmallCNN()
    second = moved(first, "convolutions", "dense")
    given = verdict("reverse", first, SmallCNN(), second, moved(second, "dense"), *runs)
    assert "was not handed in" in given.text()
    for word, wanted in zip(("started anew", "second, whole", "bit by bit"), points, strict=True):
        assert wanted is None or part(given, word) == wanted


def test_going_on_from_the_first_network_is_seen_in_its_start() -> None:
    first = moved(SmallCNN(), "convolutions", "dense")
    second = moved(first, "convolutions", "dense")
    carried = moved(second, "dense")
    anew = verdict("reverse", first, SmallCNN(), second, carried, run(), run())
    again = verdict("reverse", first, first, second, carried, run(), run())
    assert part(anew, "started anew") == 1.0
    assert part(again, "started anew") == 0
    assert "trained on the first five" in again.text()


@pytest.mark.parametrize(
    ("changes", "points"),
    [(("dense",), 0.8), (("convolutions", "dense"), 0), (("convolutions",), 0), ((), 0.4)],
)
def test_carried_over_means_that_the_convolutions_keep_every_bit(changes, points) -> None:
    second = moved(SmallCNN(), "convolutions", "dense")
    networks = (SmallCNN(), SmallCNN(), second, moved(second, *changes))
    given = verdict("reverse", *networks, run(), run())
    assert part(given, "bit by bit") == points


def test_one_changed_bit_of_one_kernel_is_seen() -> None:
    second = moved(SmallCNN(), "convolutions", "dense")
    carried = moved(second, "dense")
    weight = next(carried.parameters()).data
    weight[0, 0, 0, 0] = torch.nextafter(weight[0, 0, 0, 0], torch.tensor(9.0))
    given = verdict("reverse", SmallCNN(), SmallCNN(), second, carried, run(), run())
    assert part(given, "bit by bit") == 0


@pytest.mark.parametrize("odd", [None, 3, "a network", nn.Linear(2, 2)], ids=str)
def test_what_is_no_such_network_gets_nothing_and_breaks_nothing(odd: object) -> None:
    assert verdict("first_whole", odd, run()).points == 0
    first = SmallCNN()
    given = verdict("reverse", first, SmallCNN(), moved(first, "convolutions"), odd, run(), None)
    assert part(given, "bit by bit") == 0
    assert part(given, "started anew") == 1.0
