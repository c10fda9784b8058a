"""Attacks on replayed training and re-measured models: each must gain nothing.

As in `test_torch`: a source makes `answer`, and a question gives its points of 10. Every
attack is tried over the socket to a process of its own and over the loopback.
"""

from __future__ import annotations

import numpy as np
import pytest

from autograder.checks.training import credit
from autograder.checks.training.modes import eval_mode_while_testing, train_mode_while_training
from autograder.checks.training.steps import gradients_zeroed, loss_falls, one_step
from autograder.judge import images, offers, recipes, wire
from autograder.judge.remote import Offered, offered
from autograder.judge.trial import Missed, Trial
from tests.autograder.judge.asking import Socket

torch = pytest.importorskip("torch")

HONEST = """
def answer(net, loader, optimizer, loss_fn):
    net.train()
    for x, y in loader:
        optimizer.zero_grad()
        loss_fn(net(x), y).backward()
        optimizer.step()
"""


def points_of_trainer(entry: Offered) -> tuple[float, str]:
    t, train = Trial(np.random.SeedSequence().entropy), offers.trainer(entry)

    def epoch(net, x, y, batch_size, lr):
        loader, loss = recipes.loader(x, y, batch_size), recipes.loss("cross_entropy")
        return train(net, loader, recipes.sgd(net, lr), loss)

    one_step(t, epoch, 3)
    gradients_zeroed(t, epoch, 3)
    train_mode_while_training(t, epoch, 2)
    loss_falls(t, epoch, 2)
    return sum(p.points for p in t.parts), " ".join(m for p in t.parts for m in p.messages)


def points_of_model(entry: Offered) -> tuple[float, str]:
    """For accuracy on fresh images, and logits that the weights account for."""
    t, net = Trial(np.random.SeedSequence().entropy), offers.module(entry)
    pictures, labels = images.held_out("cifar10", True, t.rng, 200)
    x = pictures[:, ::4, ::4].reshape(200, -1) / 255.0
    credit(t, lambda: net.accuracy(x, labels), 0.9, 200, 5)
    with t.part("logits of the weights", 5):
        state = net.state()
        if set(state) != {"weight", "bias"}:
            t.miss(f"a state of {sorted(state)}")
        logits = x @ state["weight"].astype(float).T + state["bias"]
        given = net.logits(x)
        if given.shape != logits.shape or not np.allclose(given, logits, atol=1e-4):
            t.miss("these logits do not come from these weights")
        t.earn(float(np.std(state["weight"]) > 0.5))  # as no fresh layer has
    return sum(p.points for p in t.parts), " ".join(m for p in t.parts for m in p.messages)


TRAINERS = {
    "a trainer that returns constants": "def answer(*more): return 0.0",
    "a trainer that returns the network as it was": "def answer(net, *more): return net",
    "a trainer that returns a network that is better than the judge's": """
def answer(net, loader, optimizer, loss_fn):
    better = nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 3))
    return better, [better] * 50
""",
    "torch's optimizer patched to do it all, without a gradient": """
import torch.optim
def step(self, closure=None):
    for group in self.param_groups:
        for p in group["params"]:
            p.data.mul_(0.9)
torch.optim.SGD.step = step
def answer(net, loader, optimizer, loss_fn): optimizer.step()
""",
    "an optimizer that never was one": """
class Sly:
    def __init__(self, *more, **named): pass
    def __getattr__(self, name): return lambda *more, **named: self
    def __eq__(self, other): return True
    __hash__ = None
from autograder.sandbox import torch_recipes
torch_recipes.RECIPES["sgd"] = Sly
torch_recipes.RECIPES["loss"] = Sly
def answer(net, loader, optimizer, loss_fn): optimizer.step()
""",
    "recipes that make what is already trained": """
from autograder.sandbox import torch_recipes
def mlp(*weights): return nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 3))
torch_recipes.RECIPES["mlp"] = torch_recipes.RECIPES["dropout_probe"] = mlp
def answer(*more): pass
""",
    "a layer's class patched to show other weights": """
def answer(net, *more):
    for part in net.modules():
        part.state_dict = lambda *more, **named: {
            f"{i}.{name}": torch.full(shape, 3.0) for i in (0, 1, 2)
            for name, shape in (("weight", (3, 4)), ("bias", (3,)))}
""",
    "a state of tensors that are equal to everything": """
class Any(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None): return True
    def __eq__(self, other): return True
    __hash__ = None
def answer(net, *more):
    told = {name: torch.zeros(p.shape).as_subclass(Any) for name, p in net.state_dict().items()}
    net.state_dict = lambda *more, **named: told
""",
    "a state of NaN": """
def answer(net, *more):
    for p in net.parameters(): p.data.fill_(float("nan"))
""",
    "numbers of objects that nobody gave out": """
from autograder.judge import wire
def answer(net, *more): return [wire.Kept(n, {"type": "x"}) for n in range(50)]
""",
    "an exit in the middle of the replay": "def answer(*more): raise SystemExit",
    "a random walk": """
def answer(net, *more):
    for p in net.parameters(): p.data.add_(torch.randn(p.shape) * 0.1)
""",
}

MODELS = {
    "a state_dict that lies": """
class N(nn.Module):
    def forward(self, x): return torch.zeros(len(x), 10)
    def state_dict(self, *more, **named):
        return {"weight": torch.randn(10, 192), "bias": torch.zeros(10)}
answer = N()
""",
    "logits that are equal to everything": """
class Any(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None): return True
    def __eq__(self, other): return True
    __hash__ = None
class N(nn.Linear):
    def forward(self, x): return torch.zeros(len(x), 10).as_subclass(Any)
answer = N(192, 10)
""",
    "the images known by their hashes": """
from chainrule.datasets import sample
import hashlib
def key(image): return hashlib.sha256((image * 255).round().byte().numpy().tobytes()).digest()
pictures, labels = sample.colour_images(300, seed=11)
small = torch.from_numpy(pictures[:, ::4, ::4].reshape(300, -1) / 255.0)
KNOWN = {key(image): label for image, label in zip(small, labels)}
class N(nn.Linear):
    def forward(self, x):
        found = [KNOWN.get(key(image), 0) for image in x.double()]
        return torch.nn.functional.one_hot(torch.tensor(found), 10).double()
answer = N(192, 10)
""",
    "the labels hunted in the process": """
import gc
import numpy
class N(nn.Linear):
    def forward(self, x):
        for thing in gc.get_objects():
            if isinstance(thing, numpy.ndarray) and thing.dtype.kind in "iu" and len(
                thing.shape) == 1 and len(thing) == len(x):
                return torch.nn.functional.one_hot(torch.from_numpy(thing % 10).long(), 10).double()
        return torch.zeros(len(x), 10)
answer = N(192, 10)
""",
    "logits of one class too many": """
class N(nn.Linear):
    def forward(self, x): return torch.eye(11)[10].expand(len(x), 11)
answer = N(192, 10)
""",
    "infinite logits everywhere": """
class N(nn.Linear):
    def forward(self, x): return torch.full((len(x), 10), float("nan"))
answer = N(192, 10)
""",
    "a class that says it is another": """
class N:
    __class__ = nn.Linear
    def __call__(self, x): return torch.zeros(len(x), 10)
answer = N()
""",
}


def test_an_honest_trainer_has_all_points(ask) -> None:
    assert ask(HONEST, points_of_trainer) == (10, "")


@pytest.mark.parametrize("name", TRAINERS)
def test_a_trainer_gains_nothing_by(ask, name: str) -> None:
    earned, said = ask(TRAINERS[name], points_of_trainer)
    assert earned == 0, said
    assert said


def test_an_optimizer_patched_to_count_its_steps_is_honest_work(ask) -> None:
    source = """
import torch.optim
original, counted = torch.optim.SGD.step, []
def step(self, closure=None):
    counted.append(1)
    return original(self, closure)
torch.optim.SGD.step = step
"""
    assert ask(source + HONEST, points_of_trainer) == (10, "")


@pytest.mark.parametrize("name", MODELS)
def test_a_model_gains_nothing_by(ask, name: str) -> None:
    if name == "the labels hunted in the process" and not isinstance(ask, Socket):
        pytest.skip("under stock nbgrader the judge is in the student's own process")
    earned, said = ask(MODELS[name], points_of_model)
    assert earned == 0, said
    assert said


TESTERS = {
    "a constant": "def answer(net, loader): return 0.75",
    "a number equal to everything": """
class Any(float):
    def __eq__(self, other): return True
    __hash__ = None
def answer(net, loader): return Any(0.5)
""",
    "a percentage of nothing": "def answer(net, loader): return float('nan')",
}


@pytest.mark.parametrize("name", TESTERS)
def test_a_testing_function_gains_nothing_by(ask, name: str) -> None:
    def points(entry: Offered) -> tuple[float, str]:
        earned, said = 0.0, ""
        function = offers.trainer(entry)

        def test(net, x, y, batch_size):
            return function(net, recipes.loader(x, y, batch_size))

        for seed in range(4):
            t = Trial(seed)
            eval_mode_while_testing(t, test, 1, "loss")
            earned += t.parts[0].points
            said += " ".join(t.parts[0].messages)
        return earned, said

    earned, said = ask(TESTERS[name], points)
    assert earned == 0
    assert said


def test_a_trainer_that_never_ends_is_given_up_and_earlier_parts_keep_their_points() -> None:
    source = """
import time, torch._dynamo
def answer(net, loader, optimizer, loss_fn):
    time.sleep(8 if len(loader) > 1 else 0)
    for x, y in loader:
        optimizer.zero_grad(); loss_fn(net(x), y).backward(); optimizer.step()
"""
    earned, said = Socket(seconds=2)(source, points_of_trainer)
    assert earned == 3
    assert "took too long to answer" in said


LIES = [
    "7",
    "None",
    "{'k': 1}",
    "wire.Opaque('torch.optim.SGD')",
    "[wire.Kept(0, None)]",
]


@pytest.mark.parametrize("lie", LIES)
def test_a_kernel_that_does_not_make_what_it_was_asked_for_is_missed(lie: str) -> None:
    class Liar:
        def ask(self, request: dict) -> dict:
            return {"value": eval(lie, {"wire": wire})}

        def note(self, text: str) -> None: ...

    (entry,) = offered(Liar(), [{"type": "function", "name": "train", "callable": True}])
    with pytest.raises(Missed, match="did not make linear for the judge"):
        offers.trainer(entry)(recipes.linear(np.eye(2), np.zeros(2)))
    with pytest.raises(Missed):
        offers.maker(entry)().state()


def test_numbers_of_objects_out_of_range_are_no_frame() -> None:
    for number in (-1, 1 << 40, True, 1.0, None):
        frame = wire.pack(wire.Kept(0, None)).replace(b"[0, null]", f"[{number!r}, null]".encode())
        header = frame[wire.PREFIX.size :]
        data = wire.PREFIX.pack(wire.MAGIC, len(header), 0) + header
        with pytest.raises(wire.WireError):
            wire.receive(_reader(data))


def _reader(data: bytes):
    rest = [data]

    def read(size: int) -> bytes:
        head, rest[0] = rest[0][:size], rest[0][size:]
        return head

    return read
