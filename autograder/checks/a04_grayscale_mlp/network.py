"""Grey images, the dense network, and the two loops that train and test it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise

import numpy as np

from autograder.checks.training import networks
from autograder.checks.training.loops import evaluate_parts, train_epoch_parts
from autograder.judge import offers
from autograder.judge.models import Maker, Module
from autograder.judge.offers import Function
from autograder.judge.registry import check
from autograder.judge.training_replay import Trainer
from autograder.judge.trial import Missed, Slip, Trial

Array = np.ndarray

LUMA = np.array([0.299, 0.587, 0.114])
"""Of red, green and blue: Recommendation ITU-R BT.601, section 2.5.1."""

BT709 = np.array([0.2126, 0.7152, 0.0722])
"""The same of Recommendation ITU-R BT.709, section 3.2, which pages on the web have as well."""

GREY_RTOL = 2e-3
"""torchvision rounds the first weight to 0.2989."""

FLOAT32 = 1e-4
"""Relative tolerance for what was computed in float32."""

Dense = list[tuple[Array, Array]]
"""Linear maps: weights (outputs, inputs), as torch keeps them, and biases (outputs,)."""

SIZES = (1024, 256, 128, 64, 10)
PARAMETERS = 304_202


# -- grey images --------------------------------------------------------------------------


@check("gray_images", points=3, takes=offers.torch_function)
def gray_images(answer: Function, t: Trial) -> None:
    slips = [
        Slip("the channel is gone: the shape is (N, 1, H, W)",
             lambda x: gray(x)[:, 0], 0.7),
        Slip("the channel stands last; behind the images it belongs: (N, 1, H, W)",
             lambda x: gray(x)[:, 0, ..., None], 0.7),
        Slip("red and blue are exchanged", lambda x: gray(x[:, ::-1]), 0.5),
        Slip("green and blue are exchanged", lambda x: gray(x[:, [0, 2, 1]]), 0.5),
        Slip("red and green are exchanged", lambda x: gray(x[:, [1, 0, 2]]), 0.5),
        Slip("each weight stands at another colour", lambda x: gray(x[:, [1, 2, 0]]), 0.5),
        Slip("each weight stands at another colour", lambda x: gray(x[:, [2, 0, 1]]), 0.5),
        Slip("these are the weights of BT.709, for HDTV; the formula above has others",
             lambda x: np.tensordot(x, BT709, axes=(1, 0))[:, None], 0.6),
        Slip("255 times too large: the images are from 0 to 1 already, and so is the result",
             lambda x: 255 * gray(x), 0.6),
        Slip("this is the plain mean of the colours; the eye sees green as brighter than blue",
             lambda x: x.mean(axis=1, keepdims=True), 0.4),
        Slip("the plain mean of the colours, without its channel",
             lambda x: x.mean(axis=1), 0.2),
        Slip("each colour has its weight; here they are added up without",
             lambda x: x.sum(axis=1, keepdims=True), 0.2),
        Slip("three channels, all of them grey: one is asked for",
             lambda x: np.repeat(gray(x), 3, axis=1), 0.6),
        Slip("each colour has its weight, but they are not added up yet",
             lambda x: x * LUMA[:, None, None], 0.3),
        Slip("the colours are weighted, and then divided by three as well",
             lambda x: gray(x) / 3, 0.5),
    ]  # fmt: skip
    batches = [networks.single(t.rng.random((n, 3, 32, 32))) for n in (5, 2)]
    values = "grey images of one channel"
    with t.part(values, 2.2):
        _grey(answer, batches, slips, t)
    with t.part("a single image, and another size", 0.5, needs=values):
        others = [networks.single(t.rng.random(s)) for s in ((1, 3, 32, 32), (4, 3, 6, 7))]
        _grey(answer, others, slips, t)
    with t.part("your function leaves the images as they were", 0.3, needs=values, told=True):
        answer(batches[0])
        if answer.changed[0]:
            t.miss("it writes into the images that it was given; make a new tensor")


def gray(images: Array) -> Array:
    """(N, 3, H, W) to (N, 1, H, W)."""
    return np.tensordot(images, LUMA, axes=(1, 0))[:, None]


def _grey(answer: Function, batches: list[Array], slips: list[Slip], t: Trial) -> None:
    got = [answer(images) for images in batches]
    if _agree(got, [gray(images) for images in batches], GREY_RTOL):
        return
    for slip in slips:
        if _agree(got, [slip.computes(images) for images in batches], GREY_RTOL):
            t.earn(slip.share, slip.words)
            return
    for images, given in zip(batches, got, strict=True):
        wanted = gray(images)
        if given.shape != wanted.shape:
            t.miss(f"images of shape {images.shape} became {given.shape}; asked: {wanted.shape}")
        red, green, blue = images[0, :, 0, 0]
        t.miss(
            f"a pixel with R = {red:.3f}, G = {green:.3f}, B = {blue:.3f} became "
            f"{given[0, 0, 0, 0]:.3f}; expected {wanted[0, 0, 0, 0]:.3f}"
        )


def _agree(got: Sequence[Array], want: Sequence[Array], rtol: float = FLOAT32) -> bool:
    """Entry by entry, up to `rtol` of the largest: a sum of float32 is no better near 0."""
    return all(
        g.shape == w.shape and np.allclose(g, w, rtol=0, atol=rtol * np.max(np.abs(w), initial=0))
        for g, w in zip(got, want, strict=True)
    )


# -- the network --------------------------------------------------------------------------


@check("gray_network", points=5, takes=offers.maker)
def gray_network(make: Maker, t: Trial) -> None:
    net = make()
    state = net.state()
    sizes = "1024 inputs, 256, 128 and 64 units, 10 logits: 304,202 parameters"
    with t.part(sizes, 1.5):
        _sizes(_as_torch_keeps(state), t)
    values = "logits: linear, ReLU, linear, ReLU, linear, ReLU, linear"
    images = networks.single(t.rng.uniform(-2, 2, (6, 1, 32, 32)))
    with t.part(values, 3, needs=sizes) as part:
        chosen = {name: np.empty(array.shape) for name, array in state.items()}
        kept = _as_torch_keeps(chosen)
        for array in kept.values():  # views: what is written into them stands in `chosen`
            array[...] = _spread(t, array.shape)
            if array.shape == SIZES[-1:]:
                array[0] = -20.0  # this logit shows a ReLU behind it
        net.set_state(chosen)
        dense = _dense(kept)
        _logits(net, dense, images, t)
        if len(dense) != len(SIZES) - 1:
            part.share = min(part.share, 0.5)
            t.say(f"{len(dense)} linear maps; asked for: {len(SIZES) - 1}")
    with t.part("the same in train mode as in eval mode", 0.5, needs=values):
        if not _agree([net.logits(images, training=True)], [net.logits(images)]):
            t.miss("there is a layer that does something else in training, such as dropout")


def _logits(net: Module, dense: Dense, images: Array, t: Trial) -> None:
    got = net.logits(images)
    if _agree([got], [logits(dense, images)]):
        return
    for words, share, kwargs in _slips():
        if _agree([got], [logits(dense, images, **kwargs)]):
            t.earn(share, words)
            return
    if got.shape != (len(images), 10):
        t.miss(f"{len(images)} images give a result of shape {got.shape}, not ({len(images)}, 10)")
    t.miss(
        "with weights of our own the logits are not those of the four linear maps with a ReLU "
        "after each of the first three"
    )


def relu(x: Array) -> Array:
    return np.maximum(x, 0)


def logits(
    dense: Dense,
    images: Array,
    relus: tuple[bool, ...] = (True, True, True),
    end: str = "",
    activation: Callable[[Array], Array] = relu,
) -> Array:
    """Logits (N, 10) of images (N, 1, 32, 32)."""
    x = images.reshape(len(images), -1)
    for index, (weights, bias) in enumerate(dense):
        x = x @ weights.T + bias
        if index < len(dense) - 1 and (index >= len(relus) or relus[index]):
            x = activation(x)
    if end == "relu":
        return relu(x)
    if end == "softmax":
        return networks.softmax(x)
    return np.log(networks.softmax(x)) if end == "log-softmax" else x


def _sizes(state: Mapping[str, Array], t: Trial) -> None:
    """Earn by how many of the layers' arrays there are; others cost half."""
    left = [array.shape for array in state.values()]
    share = 0.0
    for inputs, outputs in pairwise(SIZES):
        for what, shape in (("weights", (outputs, inputs)), ("biases", (outputs,))):
            if shape in left:
                left.remove(shape)
                share += 1 / 8
            else:
                t.say(f"there are no {what} from {inputs} to {outputs} units, of shape {shape}")
    if left:
        t.say(f"there are others: {', '.join(map(str, left[:8]))}")
        share /= 2
    if share == 1:
        return
    t.say(f"in all {sum(array.size for array in state.values()):,} numbers, not {PARAMETERS:,}")
    t.earn(share)


def _as_torch_keeps(state: Mapping[str, Array]) -> dict[str, Array]:
    """Views of weights as (outputs, inputs), and of biases as (outputs,), as nn.Linear has them.

    Parameters of a student's own may be (inputs, outputs) and (1, outputs). Which it is, the
    matrix of the 1024 inputs tells.
    """
    matrices = [array.shape for array in state.values() if array.ndim == 2]
    turned = any(rows == SIZES[0] for rows, _ in matrices)
    turned = turned and all(columns != SIZES[0] for _, columns in matrices)
    views = {name: array.T if turned else array for name, array in state.items()}
    return {
        name: view.reshape(-1) if view.ndim == 2 and 1 in view.shape else view
        for name, view in views.items()
    }


def _dense(kept: Mapping[str, Array]) -> Dense:
    """The linear maps in the order of their use, whatever their names; a missing bias is 0.

    `Missed` if they are no chain from 1024 inputs on.
    """
    weights = {name: array for name, array in kept.items() if array.ndim == 2}
    biases = {name: array for name, array in kept.items() if array.ndim == 1}
    found: Dense = []
    units = SIZES[0]
    while weights:
        fitting = (name for name, array in weights.items() if array.shape[1] == units)
        name = next(fitting, None)
        if name is None:
            raise Missed(f"the layers are not {', '.join(map(str, SIZES))}: none takes {units}")
        matrix = weights.pop(name)
        units = len(matrix)
        found.append((matrix, _bias_of(name, units, biases)))
    return found


def _bias_of(name: str, units: int, biases: dict[str, Array]) -> Array:
    """Taken out of `biases`: the one that nn.Linear keeps beside these weights, or the first
    of as many units."""
    names = [f"{name.removesuffix('weight')}bias", *biases]
    fitting = (other for other in names if other in biases and len(biases[other]) == units)
    own = next(fitting, None)
    return np.zeros(units) if own is None else biases.pop(own)


def _slips() -> Iterator[tuple[str, float, dict]]:
    """What students' networks compute instead: words, share, and how `logits` does it."""
    names = ("first", "second", "third")
    for count, share in ((1, 0.6), (2, 0.45), (3, 0.3)):
        for gone in combinations(range(3), count):
            words = f"no ReLU after the {' and '.join(names[k] for k in gone)} hidden layer: two "
            words += "linear maps without one in between are one linear map"
            yield words, share, {"relus": tuple(k not in gone for k in range(3))}
    for name, activation in networks.OTHER_ACTIVATIONS.items():
        yield f"the activation is a {name}; ReLU is asked for", 0.5, {"activation": activation}
    yield (
        "a softmax stands at the end: leave it out, for the cross-entropy has one inside, and "
        "would take it twice",
        0.5,
        {"end": "softmax"},
    )
    yield (
        "a log-softmax stands at the end: leave it out, the cross-entropy has one inside",
        0.6,
        {"end": "log-softmax"},
    )
    yield (
        "a ReLU stands after the last layer, so no logit can be negative",
        0.5,
        {"end": "relu"},
    )


def _spread(t: Trial, shape: tuple[int, ...]) -> Array:
    """Weights of which none is small by accident, so that no step of the network is idle."""
    fan_in = np.prod(shape[1:])  # 1 for a bias
    return networks.single(t.randn(*shape) * np.sqrt(2 / fan_in))


# -- the two loops ------------------------------------------------------------------------


@check("gray_train_epoch", points=5, takes=offers.trainer)
def gray_train_epoch(train_epoch: Trainer, t: Trial) -> None:
    train_epoch_parts(t, train_epoch, 5)


@check("gray_evaluate", points=3, takes=offers.trainer)
def gray_evaluate(evaluate: Trainer, t: Trial) -> None:
    evaluate_parts(t, evaluate, 3)


def accuracy(net: Module, images: Array, labels: Array) -> float:
    """Of a network on colour images (N, 32, 32, 3), uint8, made grey and scaled as it learned."""
    grey = gray(images.transpose(0, 3, 1, 2) / 255)
    return net.accuracy(((grey - MEAN) / SPREAD).astype(np.float32), labels)


MEAN, SPREAD = 0.48, 0.24
"""As in the notebook: of the grey training pixels of CIFAR-10, to two digits."""
