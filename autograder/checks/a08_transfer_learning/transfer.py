"""The trainings: measured from the weights that were handed in, and compared bit by bit."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.checks.a08_transfer_learning.data import FIRST, SECOND
from autograder.checks.training.accuracy import by_chance, claims_agree, credit
from autograder.checks.training.states import changed, only_these_changed
from autograder.judge import offers, recipes
from autograder.judge.images import held_out
from autograder.judge.models import Maker, Module
from autograder.judge.registry import check
from autograder.judge.runs import RunRecord
from autograder.judge.training_replay import Trainer
from autograder.judge.trial import Missed, Trial

# Real data, Adam, ten epochs: 0.69, 0.71, 0.76 and 0.63 on the test images. A dense layer on the
# bare pixels gets 0.53 of the first five classes and 0.61 of the second, one on convolutions that
# have learned nothing 0.34 to 0.43 of the second.
TARGETS = {
    "first, whole": {"real": 0.60, "sample": 0.55},
    "second, dense": {"real": 0.62, "sample": 0.60},
    "second, whole": {"real": 0.70, "sample": 0.65},
    "first, dense": {"real": 0.55, "sample": 0.50},
}
CHANCE = 0.2
IMAGES = 1000
"""A standard error of 1.5 % at 70 %."""

DRAWN = 2400
"""Of all ten classes: more than a thousand of them are of the five that are asked for."""

EASIER = 0.02
"""How much more than ours a student's test images may give: some of ours are mirrored."""

Ask = Callable[[], RunRecord]


@check("first_whole", points=1.5, takes=(offers.module, offers.later(offers.run)))
def first_whole(net: Module, run: Ask, t: Trial) -> None:
    accuracy = _accuracy(t, net, run, "first, whole", FIRST, 1.2)
    with t.part("the convolutions have learned as well", 0.3, needs=accuracy):
        if _as_torch_made_them(net.state()):
            t.miss(
                "the kernels are still as small as torch makes them at the start: were they given "
                "to the optimizer?"
            )


@check(
    "second_dense",
    points=2,
    takes=(
        *(offers.trainer, offers.trainer, offers.maker),
        *(offers.module, offers.module, offers.later(offers.run)),
    ),
)
def second_dense(
    new_task: Trainer,
    train_epoch: Trainer,
    make: Maker,
    first: Module,
    second: Module,
    run: Ask,
    t: Trial,
) -> None:
    net = make()
    old = net.state()
    with t.part("a copy with the same convolutions and a new dense layer", 0.4):
        copy, _ = _pair(new_task(net, 0.1))
        _a_copy(t, old, net.state(), copy.state())
    batch = t.rng.random((8, 3, 32, 32)), t.rng.permutation(np.arange(8) % 5), 8
    new_task.seed = int(t.rng.integers(1 << 30))  # so that both copies start alike

    def step(lr: float) -> tuple[Mapping, Mapping]:
        copy, optimizer = _pair(new_task(net, lr))
        before = copy.state()
        train_epoch(copy, recipes.loader(*batch), optimizer)
        return before, copy.state()

    name = "a step of training changes the dense layer alone"
    states = step(0.1)
    only_these_changed(t, *states, _is_dense, 0.6, name)
    with t.part("with the learning rate that is given", 0.1, needs=name):
        if _length(*states) < 2 * _length(*step(0.01)):
            t.miss("with a tenth of the learning rate it steps as far: is the argument used?")
    carried = _carried_over(t, first, second, run, 0.4)
    _accuracy(t, second, run, "second, dense", SECOND, 0.5, needs=carried)


@check(
    "reverse",
    points=3,
    takes=(
        *(offers.module, offers.module, offers.module, offers.module),
        *(offers.later(offers.run), offers.later(offers.run)),
    ),
)
def reverse(
    first: Module,
    start: Module,
    second: Module,
    carried: Module,
    second_run: Ask,
    carried_run: Ask,
    t: Trial,
) -> None:
    with t.part("the second network started anew", 1.0):
        _started_anew(t, first.state(), start.state(), second.state())
    _accuracy(t, second, second_run, "second, whole", SECOND, 0.7)
    name = _carried_over(t, second, carried, carried_run, 0.8)
    _accuracy(t, carried, carried_run, "first, dense", FIRST, 0.5, needs=name)


# -- weights ------------------------------------------------------------------------------


def _length(before: Mapping, after: Mapping) -> float:
    """Of a step, along the number that moves most."""
    return max(float(np.max(np.abs(after[name] - before[name]))) for name in before)


def _is_dense(name: str) -> bool:
    return name.startswith("dense.")


def _carried_over(t: Trial, old: Module, new: Module, run: Ask, points: float) -> str:
    """A part, whose name it returns: the convolutions are the old ones, the dense layer is not."""
    name = "handed in: the same convolutions bit by bit, another dense layer"
    with t.part(name, points):
        _trained(run())
        moved = changed(old.state(), new.state())
        if kernels := sorted(key for key in moved if not _is_dense(key)):
            t.miss(
                f"{kernels[0]} is not that of the network it comes from. Frozen means that not a "
                "bit changes: the optimizer should get the dense layer alone"
            )
        if not moved:
            t.earn(0.5, "the dense layer is the old one, too: was it trained?")
    return name


def _a_copy(t: Trial, old: Mapping, after: Mapping, copy: Mapping) -> None:
    share, words = 1.0, []
    if moved := changed(old, after):
        share, words = 0.5, ["the network that was given has changed: copy.deepcopy makes another"]
    different = changed(after if moved else old, copy)
    if kernels := sorted(name for name in different if not _is_dense(name)):
        t.miss(f"{kernels[0]} is not the one that was given: the copy should carry it over")
    if not any(_is_dense(name) for name in different) and not moved:
        share, words = 0.4, ["the dense layer is the old one: make a new nn.Linear"]
    t.earn(share, *words)


def _started_anew(t: Trial, first: Mapping, start: Mapping, second: Mapping) -> None:
    kernels = [name for name in first if not _is_dense(name)]
    if not kernels or start.keys() != first.keys():
        t.miss("the second network has other layers than the first: make both with SmallCNN()")
    if any(np.array_equal(first[name], start[name]) for name in kernels):
        t.miss(
            "it started from the kernels that were trained on the first five classes. Then the "
            "comparison says nothing: make a new SmallCNN() for it"
        )
    if any(np.array_equal(first[name], second[name]) for name in kernels):
        t.miss("it has kernels of the first network: was it trained whole, as a new one?")
    if not changed(start, second):
        t.miss("no weight differs from the start: was it trained?")


def _as_torch_made_them(state: Mapping[str, np.ndarray]) -> bool:
    """Whether all kernels lie within ±1/√(numbers that go into a unit), where torch's start.

    Source: the documentation of `torch.nn.Conv2d`, "Variables".
    """
    kernels = [array for array in state.values() if array.ndim == 4]
    return all(np.max(np.abs(k)) <= (1 + 1e-6) / np.sqrt(k[0].size) for k in kernels)


def _pair(result: object) -> tuple[Module, Module]:
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise Missed("`new_task` should return two things: a network, and an optimizer")
    if not all(isinstance(entry, Module) for entry in result):
        raise Missed("`new_task` should return a network and an optimizer, in this order")
    return result[0], result[1]


# -- accuracies ---------------------------------------------------------------------------


def _accuracy(
    t: Trial,
    net: Module,
    run: Ask,
    which: str,
    classes: tuple[int, ...],
    points: float,
    needs: str | None = None,
) -> str:
    """A part, whose name it returns: the accuracy on images that its owner has never seen."""
    try:
        record = run()
    except Missed as missed:
        record = RunRecord("", {}, {}, 0, False, str(missed), "", False, None)

    def measure() -> float:
        _trained(record)
        return net.accuracy(*_images(t, record.is_sample, classes))

    target = TARGETS[which]["sample" if record.is_sample else "real"]
    name = f"{which}: accuracy on images it has not seen"
    options = {"chance": CHANCE, "name": name, "needs": needs}
    measured = credit(t, measure, target, IMAGES, points, **options)
    claimed = record.last("test_accuracy")
    if measured is None or claimed is None:
        return name
    allowed = by_chance(measured, 500 if record.is_sample else 5000, IMAGES)
    if abs(claimed - measured) > allowed + (0 if record.is_sample else EASIER):
        claims_agree(t, claimed, measured, IMAGES, f"{which}: accuracy")
    return name


def _trained(record: RunRecord) -> None:
    """`Missed`, with the reason, where no weights were handed in."""
    if not record.trained:
        raise Missed(record.problem or "there is no trained network")


def _images(t: Trial, is_sample: bool, classes: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """`IMAGES` of these classes, (N, 3, 32, 32) in [0, 1], and their labels from 0."""
    pixels, labels = held_out("cifar10", is_sample, t.rng, DRAWN)
    chosen = np.flatnonzero(np.isin(labels, classes))[:IMAGES]
    images = (pixels[chosen] / 255).astype(np.float32).transpose(0, 3, 1, 2)
    return images, labels[chosen] - classes[0]
