"""The network: four convolutions and a dense layer, worked out again from its weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product

import numpy as np

from autograder.checks.training import networks
from autograder.checks.training.convolutions import convolution
from autograder.checks.training.draws import told_apart
from autograder.judge import offers
from autograder.judge.models import Maker, Module
from autograder.judge.registry import check
from autograder.judge.trial import Missed, Trial

Array = np.ndarray
State = Mapping[str, Array]

KERNELS = ((5, 3, 4, 4), (10, 5, 4, 4), (20, 10, 4, 4), (40, 20, 4, 4))
FEATURES = 40 * 6 * 6
CLASSES = 5
STRIDES = (2, 1, 1, 1)
CLOSE = 1e-3
"""Of the largest logit: float32 leaves some 1e-6 of it."""

LEAK = 0.01
"""Torch's own."""

SHARES = (1.0, 0.7, 0.5, 0.4, 0.3)
"""Of a network that lacks so many of its four ReLUs."""


@check("small_cnn", points=3, takes=offers.maker)
def small_cnn(make: Maker, t: Trial) -> None:
    net = make()
    images = t.rng.random((3, 3, 32, 32))
    with t.part("five logits for each image", 0.5):
        shape = net.logits(images).shape
        if shape != (3, CLASSES):
            t.miss(f"three images gave a result of shape {shape}; expected (3, 5)")
    with t.part("four convolutions and a dense layer of these sizes", 1.0):
        _sizes(net.state(), t)
    with t.part("it computes what the question says", 1.0):
        _computes(net, images, t)
    with t.part("its parts are `convolutions` and `dense`", 0.25):
        strange = [name for name in net.state() if not name.startswith(PARTS)]
        if strange:
            t.miss(f"{strange[0]} is in neither; later questions look for layers by these names")
    with t.part("each network starts from random weights of its own", 0.25):
        here, there = make().state(), make().state()
        same = [name for name in here if np.array_equal(here[name], there.get(name))]
        if not here:
            t.miss("it has no weights yet")
        if same:
            t.miss(f"two new networks have the same {', '.join(same)}")


PARTS = ("convolutions.", "dense.")


def logits(state: State, images: Array, activations: Sequence[Callable[[Array], Array]]) -> Array:
    """What the network gives for images (N, 3, 32, 32), with these behind its convolutions."""
    x = images
    parts = zip(layers(state)[:-1], STRIDES, activations, strict=True)
    for (weight, bias), stride, activation in parts:
        x = activation(convolution(x, weight, bias, stride))
    weight, bias = layers(state)[-1]
    return x.reshape(len(x), -1) @ weight.T + bias


def layers(state: State) -> list[tuple[Array, Array]]:
    """Weight and bias of the four convolutions and the dense layer, found by their shapes."""
    found = []
    for shape in (*KERNELS, (CLASSES, FEATURES)):
        names = [name for name, array in state.items() if array.shape == shape]
        biases = [state.get(name.removesuffix("weight") + "bias") for name in names]
        if len(names) != 1 or biases[0] is None or biases[0].shape != shape[:1]:
            raise Missed(f"there is no layer with a weight of shape {shape} and a bias")
        found.append((state[names[0]].astype(float), biases[0].astype(float)))
    return found


def relu(x: Array) -> Array:
    """max(x, 0)."""
    return np.maximum(x, 0)


def unchanged(x: Array) -> Array:
    """Where no activation is."""
    return x


def _sizes(state: State, t: Trial) -> None:
    if not state:
        t.miss("the network has no layers yet")
    wanted = [*KERNELS, (CLASSES, FEATURES)]
    there = [array.shape for array in state.values() if array.ndim > 1]
    missing = [shape for shape in wanted if shape not in there]
    more = [shape for shape in there if shape not in wanted]
    share = 1 - len(missing) / len(wanted)
    words = [f"no layer has a weight of shape {shape}" for shape in missing]
    if more:
        words.append(f"yours have {', '.join(map(str, more))}")
    if len(there) > len(wanted):
        share = min(share, 0.6)
        words.append(f"{len(there)} layers with weights, where five were asked for")
    biases = sum(array.ndim == 1 for array in state.values())
    if biases < len(there):
        share *= 0.8
        words.append(f"{len(there)} layers have {biases} biases")
    t.earn(share, *words)


def _computes(net: Module, images: Array, t: Trial) -> None:
    shapes = {name: array.shape for name, array in net.state().items()}
    state = told_apart(
        # Kernels that let the signal through, so that no step of the network is idle.
        lambda: {name: _spread(t, shape) for name, shape in shapes.items()},
        lambda drawn: [(share, computed) for computed, share, _ in _outcomes(drawn, images)],
        by=0.004,
    )
    net.set_state(state)
    given = net.logits(images)
    for computed, share, words in _outcomes(state, images):
        if given.shape == computed.shape and _close(given, computed):
            if not _close(net.logits(images, training=True), given):
                share *= 0.8
                t.say("there is a layer that does something else in training, such as dropout")
            t.earn(share, *[words] * bool(words))
            return
    t.miss("its logits are not those of conv, ReLU, conv, ReLU, conv, ReLU, conv, ReLU, dense")


def _outcomes(state: State, images: Array) -> tuple[tuple[Array, float, str], ...]:
    """What students' networks compute: logits, share, words."""
    every = len(KERNELS)
    right = logits(state, images, [relu] * every)
    missing = [
        (logits(state, images, chosen), SHARES[chosen.count(unchanged)], _missing(chosen))
        for chosen in product((relu, unchanged), repeat=every)
        if unchanged in chosen
    ]
    return (
        (right, 1.0, ""),
        (networks.softmax(right), 0.6, "a softmax at the end: the loss has one inside"),
        (_log(networks.softmax(right)), 0.6, "a log-softmax at the end: the loss has one inside"),
        (relu(right), 0.6, "a ReLU after the dense layer: logits may be negative"),
        *missing,
        (logits(state, images, [np.tanh] * every), 0.6, "tanh in the place of ReLU"),
        (logits(state, images, [_sigmoid] * every), 0.5, "a sigmoid in the place of ReLU"),
        (logits(state, images, [_leaky] * every), 0.7, "a leaky ReLU in the place of ReLU"),
    )


def _missing(activations: Sequence[Callable]) -> str:
    places = [str(i) for i, one in enumerate(activations, 1) if one is unchanged]
    if len(places) == len(activations):
        return "no ReLU: so it is one linear function"
    return f"no ReLU behind convolution {' and '.join(places)}"


def _spread(t: Trial, shape: tuple[int, ...]) -> Array:
    fan_in = np.prod(shape[1:])  # 1 for a bias
    return networks.single(t.randn(*shape) * np.sqrt(2 / fan_in))


def _log(x: Array) -> Array:
    return np.log(np.maximum(x, 1e-300))


def _leaky(x: Array) -> Array:
    return np.where(x > 0, x, LEAK * x)


def _sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


def _close(given: Array, wanted: Array) -> bool:
    scale = np.max(np.abs(wanted)) + 1e-12
    return bool(np.max(np.abs(given - wanted)) <= CLOSE * scale)
