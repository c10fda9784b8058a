"""Notebook 2, the parts of a training: the network, its loss, and the two loops."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import numpy as np

from autograder.checks.a05_mnist_cnn.reference import FEATURES, Array, Weights, cnn_logits
from autograder.checks.training import networks
from autograder.checks.training.draws import told_apart
from autograder.checks.training.modes import (
    eval_mode_while_testing,
    result_over_all,
    train_mode_while_training,
)
from autograder.checks.training.steps import (
    LR,
    RULES,
    Epoch,
    Rule,
    gradients_zeroed,
    loss_reported,
    one_step,
)
from autograder.judge import offers, recipes
from autograder.judge.models import Maker, Module
from autograder.judge.offers import Function
from autograder.judge.registry import check
from autograder.judge.training_replay import Trainer
from autograder.judge.trial import Missed, Slip, Trial
from autograder.judge.values import number

State = Mapping[str, Array]

FLOAT32 = 1e-4
"""Relative tolerance for what was computed in float32."""

BIAS = 1.0
"""Of the logits: what is dropped before the last layer leaves it alone."""

SHAPES = {
    "the first convolution": (32, 1, 5, 5),
    "the second convolution": (64, 32, 5, 5),
    "the first dense layer": (1024, FEATURES * 64),
    "the last dense layer": (10, 1024),
}

# -- the network --------------------------------------------------------------------------


@check("cnn_network", points=3, takes=offers.maker)
def cnn_network(make: Maker, t: Trial) -> None:
    with t.part("the layers' weights and biases: 3,274,634 numbers", 0.7):
        _layers(make().state(), t)
    values = "logits as the table computes them"
    with t.part(values, 1.3) as part:
        net = make(dropout=0, channels=(3, 4), hidden=12)
        weights = Weights.of(net.state())
        shapes = {name: array.shape for name, array in net.state().items()}
        images = [(t.rng.random((3, 1, 28, 28)),) for _ in range(2)]
        state = told_apart(
            lambda: {name: _spread(t, shape) for name, shape in shapes.items()},
            lambda drawn: _outcomes(weights, drawn, np.concatenate([x for (x,) in images])),
            by=0.01,
        )
        net.set_state(state)
        chosen = weights.filled(state)
        reference = partial(cnn_logits, chosen, padding=weights.padding)
        slips = [
            Slip(words, partial(reference, **kwargs), share)
            for words, share, kwargs in _network_slips()
        ]
        t.compare(net.logits, reference, images, slips, rtol=FLOAT32)
        if weights.padding != 2:
            part.share = min(part.share, 0.5)
            t.say("the convolutions have no padding; the table asks for 2 on each side")
        if [len(array) for array, _ in chosen] != [3, 4, 12, 10]:
            part.share = min(part.share, 0.6)
            t.say("channels=(3, 4), hidden=12 made a network of other sizes")
    with t.part("dropout is off in eval mode", 0.4, needs=values):
        plain, dropping, images = _dropping(make, 0.6)
        if not np.allclose(dropping.logits(images), plain.logits(images), rtol=FLOAT32):
            t.miss(
                "in eval mode the logits are not those of the network without dropout: it is "
                "active at test time, too. nn.Dropout looks at the mode; nn.functional.dropout "
                "has to be told: training=self.training"
            )
    on = "dropout is on in train mode, behind the ReLU of the hidden units"
    with t.part(on, 0.4, needs=values):
        _dropped(make, 0.6, t)
    with t.part("with the probability that was asked for", 0.2, needs=on):
        for p in (0.6, 0.2):
            share = _dropped(make, p, t)
            if abs(share - p) > 0.06:
                t.miss(f"with dropout={p} a share of {share:.2f} of the units is off")


def _layers(state: dict[str, Array], t: Trial) -> None:
    """Earn by how many of the eight arrays of the table there are; others cost half."""
    found = [array.shape for array in state.values()]
    share = 0.0
    for name, shape in SHAPES.items():
        for what, wanted in (("weights", shape), ("biases", shape[:1])):
            if wanted in found:
                found.remove(wanted)
                share += 1 / 8
            else:
                t.say(f"{name} has no {what} of shape {wanted}")
    if found:
        t.say("there are weights that the table does not have: " + ", ".join(map(str, found)))
    if len(found) > 8 * (1 - share):
        share /= 2
    t.earn(share)


def _network_slips() -> Iterator[tuple[str, float, dict]]:
    """What students' networks compute instead: words, share, and how the reference does it."""
    yield "the ReLU after the first convolution is missing", 0.6, {"relus": (0, 1, 1)}
    yield "the ReLU after the second convolution is missing", 0.6, {"relus": (1, 0, 1)}
    yield "the ReLU after the first dense layer is missing", 0.6, {"relus": (1, 1, 0)}
    yield "the ReLUs after the convolutions are missing", 0.4, {"relus": (0, 0, 1)}
    yield (
        "there is no ReLU at all, so the network is linear but for its pooling",
        0.2,
        {"relus": (0, 0, 0)},
    )
    yield (
        "a softmax stands at the end: leave it out, the loss has one inside",
        0.5,
        {"end": "softmax"},
    )
    yield (
        "a log-softmax stands at the end: leave it out, the loss has one inside",
        0.6,
        {"end": "log_softmax"},
    )
    yield "a ReLU stands at the end, so no logit can be negative", 0.5, {"end": "relu"}
    yield "this is average pooling; the table has max-pooling", 0.6, {"pool": "average"}


def _outcomes(weights: Weights, state: State, images: Array) -> Iterator[tuple[float, Array]]:
    """What the network gives, and with each slip: share, logits."""
    computed = partial(cnn_logits, weights.filled(state), images, padding=weights.padding)
    yield 1.0, computed()
    for _, share, kwargs in _network_slips():
        yield share, computed(**kwargs)


def _spread(t: Trial, shape: tuple[int, ...]) -> Array:
    """Weights of which none is small by accident, so that no step of the network is idle."""
    fan_in = np.prod(shape[1:])  # 1 for a bias
    return networks.single(t.randn(*shape) * np.sqrt(2 / fan_in))


def _dropping(make: Maker, p: float) -> tuple[Module, Module, Array]:
    """Two networks with the same weights, without dropout and with; and images for them."""
    plain, dropping = (make(dropout=q, channels=(2, 2), hidden=10) for q in (0, p))
    weights = Weights.of(plain.state())
    state = {name: np.full(array.shape, 0.05) for name, array in plain.state().items()}
    # All ten hidden units are on, and each of them is seen as a logit.
    state[weights.names[2]] *= np.linspace(1, 2, len(state[weights.names[2]]))[:, None]
    state[weights.names[3]] = np.eye(*state[weights.names[3]].shape)
    state[weights.biases[3]] = np.full(10, BIAS)
    for net in (plain, dropping):
        net.set_state({name: networks.single(array) for name, array in state.items()})
    return plain, dropping, np.random.default_rng(0).random((200, 1, 28, 28))


def _dropped(make: Maker, p: float, t: Trial) -> float:
    """The share of units that are off in train mode; those that are on must be scaled up."""
    plain, dropping, images = _dropping(make, p)
    ratio = (dropping.logits(images, training=True) - BIAS) / (plain.logits(images) - BIAS)
    off = np.abs(ratio) < 1e-3
    if not off.any() and np.allclose(ratio, 1, rtol=1e-3):
        t.miss(
            "in train mode nothing is dropped. Is the dropout layer called in forward? A layer "
            "compared with True, as in `if self.dropout == True`, is never equal"
        )
    if off.all():
        t.miss("in train mode everything is dropped")
    if np.allclose(ratio[~off], 1, rtol=1e-3):
        t.miss(f"the units that stay have to be scaled up by 1 / (1 − p) = {1 / (1 - p):.2f}")
    if not np.allclose(ratio[~off], 1 / (1 - p), rtol=1e-3):
        t.miss(
            f"with dropout={p} the logits in train mode are not those of hidden units of which "
            f"some are 0 and the others {1 / (1 - p):.2f} times as large: does the dropout stand "
            "somewhere else, or does it have another probability?"
        )
    return float(off.mean())


# -- the loss -----------------------------------------------------------------------------


@check("cnn_loss", points=1, takes=offers.torch_function)
def cnn_loss(answer: Function, t: Trial) -> None:
    slips = [
        Slip("this is the sum; the loss of a batch is the mean over its images",
             lambda z, y: len(y) * networks.cross_entropy(z, y), 0.6),
        Slip("the sign is turned: a logarithm of a probability is negative, the loss is not",
             lambda z, y: -networks.cross_entropy(z, y), 0.6),
        Slip("the logarithm is the natural one, torch.log",
             lambda z, y: networks.cross_entropy(z, y) / np.log(10), 0.7),
        Slip("the logarithm is the natural one, torch.log",
             lambda z, y: networks.cross_entropy(z, y) / np.log(2), 0.7),
        Slip("the softmax is taken twice",
             lambda z, y: networks.cross_entropy(networks.softmax(z), y), 0.5),
        Slip("each image has ten logits and one loss: divide by the number of images",
             lambda z, y: networks.cross_entropy(z, y) / z.shape[1], 0.6),
        Slip("the mean over all classes' −ln p, and not that of the right class",
             lambda z, y: np.mean([networks.cross_entropy(z, y * 0 + k) for k in range(10)]), 0.3),
        Slip("these are the losses of the single images; take their mean", _each, 0.6),
    ]  # fmt: skip
    cases = [(networks.single(2 * t.randn(n, 10)), t.rng.integers(0, 10, n)) for n in (6, 9)]
    alone = networks.single(2 * t.randn(1, 10))
    # Not its best class: near 0 a right loss may have no digit of float32 right.
    cases.append((alone, (alone.argmax(axis=1) + t.rng.integers(1, 10, 1)) % 10))
    values = "the mean over the batch"
    with t.part(values, 0.6):
        t.compare(answer, networks.cross_entropy, cases, slips, rtol=FLOAT32)
    with t.part("logits of any size", 0.3, needs=values):
        large = networks.single(t.randn(5, 10) + 1e4 * np.eye(10)[[1, 2, 3, 4, 4]])
        labels = np.array([1, 2, 3, 4, 5])
        given = answer(large, labels)
        if not np.all(np.isfinite(given)):
            t.miss(
                "for logits of 10,000 it is not finite: exp overflows. Subtract the largest logit "
                "of each image first, and take no logarithm of a probability that may be 0"
            )
        t.compare(lambda *_: given, networks.cross_entropy, [(large, labels)], slips, rtol=1e-3)
    with t.part("your function leaves the logits as they were", 0.1, needs=values, told=True):
        answer(*cases[0])
        if answer.changed[0]:
            t.miss("it changes the logits themselves; `logits = logits - ...` makes new ones")


def _each(z: Array, y: Array) -> Array:
    return np.array([networks.cross_entropy(row[None], y[[i]]) for i, row in enumerate(z)])


# -- the two loops ------------------------------------------------------------------------


@check("cnn_evaluate", points=1.5, takes=offers.trainer)
def cnn_evaluate(evaluate: Trainer, t: Trial) -> None:
    turned = _turned(evaluate)

    def one_of(index: int) -> object:
        def test(net: Module, x: Array, y: Array, batch: int) -> object:
            pair = _pair(evaluate(net, recipes.loader(x, y, batch)))
            return pair[1 - index if turned else index]

        return test

    accuracy = "accuracy over all images"
    result_over_all(t, one_of(0), 0.5, "loss")
    result_over_all(t, one_of(1), 0.4, "accuracy", accuracy)
    with t.part("first the loss, then the accuracy", 0.1, needs=accuracy):
        if turned:
            t.miss("the accuracy comes first")
    eval_mode_while_testing(t, one_of(1), 0.5, needs=accuracy)


def _pair(result: object) -> tuple | list:
    if result is None:
        raise Missed("evaluate returned None; does it end with `return`?")
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise Missed("evaluate returns two numbers: the mean loss, and the accuracy")
    return result


def _turned(evaluate: Trainer) -> bool:
    """Whether the accuracy comes first: on four images, all of them right, it is 1."""
    x, y = np.eye(4), np.arange(4)
    try:
        pair = _pair(evaluate(recipes.linear(np.eye(4), np.zeros(4)), recipes.loader(x, y, 2)))
        found = [number(entry, "one of the two") for entry in pair]
    except Missed:  # each part will say so
        return False
    return np.allclose(found, [1, networks.cross_entropy(x, y)], rtol=1e-3)


@check("cnn_train_epoch", points=2, takes=offers.trainer)
def cnn_train_epoch(train_epoch: Trainer, t: Trial) -> None:
    def epoch(net: Module, x: Array, y: Array, batch_size: int, lr: float) -> object:
        return train_epoch(net, recipes.loader(x, y, batch_size), recipes.sgd(net, lr))

    step = "one step"
    one_step(t, epoch, 0.7, step)
    gradients_zeroed(t, epoch, 0.5, needs=step)
    loss_reported(t, epoch, 0.25, needs=step)
    with t.part("each image's loss, before the step", 0.15, needs=step):
        _loss_of_epoch(epoch, t)
    train_mode_while_training(t, epoch, 0.4, needs=step)


def _loss_of_epoch(epoch: Epoch, t: Trial) -> None:
    """Batches of 6 and 2 images, with a step after each: when is the loss taken, and of what?"""

    def draw() -> tuple[networks.Parameters, Array, Array]:
        start = networks.random_parameters(t.rng, 4, 3)
        return start, networks.single(t.randn(8, 4)), t.rng.integers(0, 3, 8)

    start, x, y = told_apart(
        draw, lambda drawn: [(share, value) for share, value, _ in _reports(*drawn)], by=0.003
    )
    told = number(epoch(recipes.linear(*start), x, y, 6, LR), "the loss that you return")
    for share, value, words in _reports(start, x, y):
        if np.isclose(told, value, rtol=1e-4):
            t.earn(share, *[words] * bool(words))
            return
    t.miss(f"{told:.5g} is not the mean of each image's loss before the step")


def _reports(start: networks.Parameters, x: Array, y: Array) -> Iterator[tuple[float, float, str]]:
    """What loops return for the two batches: share, value, words."""
    for rule in RULES[:3]:  # downhill; what is wrong with a step was said above
        before, after = _losses(start, ((x[:6], y[:6]), (x[6:], y[6:])), rule)
        yield 1.0, np.average(before, weights=(6, 2)), ""
        yield 0.6, np.mean(before), MEAN_OF_MEANS
        yield 0.3, np.average(after, weights=(6, 2)), AFTER_STEP
        yield 0.3, np.mean(after), AFTER_STEP


MEAN_OF_MEANS = (
    "the mean of the batches' means: the last batch is smaller, so its images count for more"
)
AFTER_STEP = "the loss is measured after the step that learned from these images: it is too good"


def _losses(
    network: networks.Parameters, batches: tuple, rule: Rule
) -> tuple[list[float], list[float]]:
    """The loss of each batch before and after the step that learns from it."""
    before, after = [], []
    for x, y in batches:
        before.append(_loss(network, x, y, rule))
        network = networks.sgd_step(network, x, y, LR, rule.at_logits)
        after.append(_loss(network, x, y, rule))
    return before, after


def _loss(network: networks.Parameters, x: Array, y: Array, rule: Rule) -> float:
    z = networks.logits(network, x)
    return networks.cross_entropy(networks.softmax(z) if "softmax" in rule.words else z, y)
