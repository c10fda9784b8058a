"""Notebook 2, the network: its sizes, its logits with weights of ours, and its dropout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import combinations

import numpy as np

from autograder.checks.a05_mnist_cnn.reference import FEATURES, Array, Weights, cnn_logits
from autograder.checks.training import networks
from autograder.checks.training.draws import told_apart
from autograder.judge import offers
from autograder.judge.models import Maker, Module
from autograder.judge.registry import check
from autograder.judge.trial import Missed, Slip, Trial

State = Mapping[str, Array]

FLOAT32 = 1e-4
"""Relative tolerance for what was computed in float32."""

BIAS = 1.0
"""Of the logits: what is dropped before the last layer leaves it alone."""

DEFAULT = 0.4
"""The dropout of the table."""

FEW = 0.06
"""Five standard errors of the share that is off, of 1800 units."""

SHAPES = {
    "the first convolution": (32, 1, 5, 5),
    "the second convolution": (64, 32, 5, 5),
    "the first dense layer": (1024, FEATURES * 64),
    "the last dense layer": (10, 1024),
}


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
            by=0.003,
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
        plain, dropping, images = _dropping(make, dropout=0.6)
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
            if abs(share - p) > FEW:
                t.miss(f"with dropout={p} a share of {share:.2f} of the units is off")
        share = float(_off(_units_left(make)).mean())
        if abs(share - DEFAULT) > FEW:
            words = f"without `dropout` a share of {share:.2f} of the units is off, not {DEFAULT}"
            t.earn(0.5, f"{words}: it is the default of __init__")


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
    names = ("first convolution", "second convolution", "first dense layer")
    for count, share in ((1, 0.6), (2, 0.4), (3, 0.2)):
        for gone in combinations(range(3), count):
            words = f"there is no ReLU after the {' and the '.join(names[k] for k in gone)}"
            yield words, share, {"relus": tuple(int(k not in gone) for k in range(3))}
    for name, activation in networks.OTHER_ACTIVATIONS.items():
        yield f"the activation is a {name}; ReLU is asked for", 0.5, {"activation": activation}
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


def _dropping(make: Maker, **dropout: float) -> tuple[Module, Module, Array]:
    """Two networks with the same weights, without dropout and with; and images for them."""
    plain, dropping = (make(channels=(2, 2), hidden=10, **d) for d in ({"dropout": 0}, dropout))
    weights = Weights.of(plain.state())
    state = {name: np.full(array.shape, 0.05) for name, array in plain.state().items()}
    # All ten hidden units are on; nine are seen as a logit each, and the last logit is a bias.
    state[weights.names[2]] *= np.linspace(1, 2, len(state[weights.names[2]]))[:, None]
    state[weights.names[3]] = np.eye(*state[weights.names[3]].shape)
    state[weights.names[3]][-1] = 0
    state[weights.biases[3]] = np.full(10, BIAS)
    for net in (plain, dropping):
        net.set_state({name: networks.single(array) for name, array in state.items()})
    return plain, dropping, np.random.default_rng(0).random((200, 1, 28, 28))


def _units_left(make: Maker, **dropout: float) -> Array:
    """Nine hidden units in train mode, by what they are without dropout (200, 9)."""
    plain, dropping, images = _dropping(make, **dropout)
    return _units(dropping.logits(images, training=True)) / _units(plain.logits(images))


def _units(logits: Array) -> Array:
    """The hidden units behind what a network gives, even if there is a softmax at its end:
    that has cost its share already."""
    if logits.shape[1:] != (10,):
        raise Missed(f"{len(logits)} images give a result of shape {logits.shape}")
    if np.all(logits > 0) and np.allclose(logits.sum(axis=1), 1):
        logits = np.log(logits)
    return logits[:, :-1] - logits[:, -1:]


def _off(ratio: Array) -> Array:
    return np.abs(ratio) < 1e-3


def _dropped(make: Maker, p: float, t: Trial) -> float:
    """The share of units that are off in train mode; those that are on must be scaled up."""
    ratio = _units_left(make, dropout=p)
    off = _off(ratio)
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
