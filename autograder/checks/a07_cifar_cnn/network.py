"""`build_net.py`: equation (5), and the network, recomputed from its weights."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product

import numpy as np

from autograder.checks.a07_cifar_cnn import chain
from autograder.checks.a07_cifar_cnn.chain import Array, relu, unchanged
from autograder.checks.training.draws import told_apart
from autograder.checks.training.networks import softmax
from autograder.judge.models import Maker, Module
from autograder.judge.offers import function, maker
from autograder.judge.registry import check
from autograder.judge.trial import Missed, Slip, Trial

SIZES = {"full": ((3, 32, 32), 10), "grey": ((1, 28, 28), 4), "wide": ((3, 20, 37), 7)}
NEAREST = "it is rounded to the nearest number; a window that does not fit is left out"


@check("eq5_size", points=1.5, takes=function)
def eq5_size(answer: Callable, t: Trial) -> None:
    slips = [
        Slip("the result is not rounded down: use `//`", _exact, 0.5),
        Slip("it is rounded up; a window that does not fit is left out", _upwards, 0.5),
        Slip(NEAREST, lambda *sizes: np.rint(_exact(*sizes)), 0.5),
        Slip(NEAREST, lambda *sizes: np.rint(_exact(*sizes) - 1) + 1, 0.5),
        Slip("the + 1 is missing", lambda h, k, p, s: _size(h, k, p, s) - 1, 0.4),
        Slip("the padding stands on both sides: 2p", lambda h, k, p, s: _size(h, k, p / 2, s), 0.4),
        Slip("the - 1 is missing", lambda h, k, p, s: _size(h, k - 1, p, s), 0.4),
        Slip(
            "the + 1 stands behind the division, not in it",
            lambda h, k, p, s: np.floor((h - (k - 1) + 2 * p) / s),
            0.4,
        ),
        Slip(
            "brackets: all that stands before it is divided by s, not the 1 alone",
            lambda h, k, p, s: h - (k - 1) + 2 * p - 1 // s + 1,
            0.4,
        ),
        Slip("the stride is missing", lambda h, k, p, s: _size(h, k, p, 1), 0.3),
        Slip("the padding is missing", lambda h, k, p, s: _size(h, k, 0, s), 0.3),
        Slip(
            "the window is k − 1 longer than one pixel, not k",
            lambda h, k, p, s: _size(h, k + 1, p, s),
            0.4,
        ),
    ]
    cases = [
        (32, 5, 2, 1),
        (32, 2, 0, 2),
        (17, 3, 0, 2),
        (20, 4, 1, 3),
        (29, 7, 3, 2),
        (9, 1, 0, 4),
        (22, 3, 0, 4),  # does not come out even, and is nearer to the next number
    ]
    for _ in range(6):
        k = int(t.rng.integers(1, 8))
        h, p = int(t.rng.integers(k, 60)), int(t.rng.integers(0, k))
        cases.append((h, k, p, int(t.rng.integers(1, 5))))
    with t.part("equation (5)", 1.5):
        t.compare(answer, _size, cases, slips)


@check("cifar_cnn", points=4, takes=maker)
def cifar_cnn(make: Maker, t: Trial) -> None:
    sizes = "images of every size, any number of classes"
    with t.part(sizes, 1.4):
        right, last = {}, ""
        for name, (inp_dim, out_dim) in SIZES.items():
            try:
                net = make(inp_dim, out_dim)
                if not any(value.ndim == 4 for value in net.state().values()):
                    t.miss("there is no convolution in it")
                out = net.logits(t.rng.random((3, *inp_dim)))
                right[name] = out.shape == (3, out_dim)
                if not right[name]:
                    last = f"CNN({inp_dim}, {out_dim}) gives the shape {out.shape} for 3 images"
            except Missed as missed:
                right[name], last = False, str(missed)
            if not right[name]:
                t.say(last)
        if not any(right.values()):
            t.miss("it fits none of the sizes that were tried")
        if not all(right.values()):
            t.earn(
                0.4 if right["full"] else 0.2,
                "the first dense block fits some images only: work its inputs out with out_size",
            )
    values = "convolutional blocks, then dense blocks, then logits"
    with t.part(values, 1.6):
        _network_values(make, t)
    with t.part("at least two of each", 1.0, needs=sizes):
        _two_of_each(make(*SIZES["full"]), t)


def _two_of_each(net: Module, t: Trial) -> None:
    state = net.state()
    kinds = [layer.weight.ndim for layer in chain.layers_in(state)]
    share = 0.5 * sum(kinds.count(kind) >= 2 for kind in (4, 2))
    if share < 1:
        t.say(
            f"{kinds.count(4)} convolutions and {kinds.count(2)} dense layers; two of each are "
            "needed"
        )
    # A block keeps its layers in `self.layers`, as its question asks.
    outside = [key for key, value in state.items() if value.ndim > 1 and ".layers." not in key]
    if outside:
        share *= 0.8
        t.say(f"{outside[0]} is in none of your blocks: make ConvBlocks and DenseBlocks of them")
    t.earn(share)


def _network_values(make: Maker, t: Trial) -> None:
    inp_dim, out_dim = SIZES["full"]
    net = make(inp_dim, out_dim)
    if {layer.weight.ndim for layer in chain.layers_in(net.state())} != {2, 4}:
        t.miss("the weights are not those of convolutional blocks and dense blocks")

    def draw() -> tuple[Array, list[chain.Layer]]:
        drawn = chain.layers_in(chain.randomised(net, t.rng))
        return t.rng.random((2, *inp_dim)), drawn

    def shown(drawn: tuple[Array, list[chain.Layer]]) -> list[tuple[float, Array]]:
        features, dense = next(_lines(*drawn))
        return [
            (share, next(chain.dense_outcomes(features, dense, activations)))
            for share, _, activations in _ends(len(dense))
        ]

    x, layers = told_apart(draw, shown, by=0.05)
    given = net.logits(x)
    lines = list(_lines(x, layers))
    for share, words, activations in _ends(len(lines[0][1])):
        for features, dense in lines:
            found = chain.dense_outcomes(features, dense, activations)
            if any(chain.agree(given, wanted) for wanted in found):
                t.earn(share, *[words] * bool(words))
                return
    t.miss(
        "the logits are not those of a chain of all your blocks: does forward use each of them "
        "once, the convolutional ones first?"
    )


def _lines(x: Array, layers: list[chain.Layer]) -> Iterator[tuple[Array, list[chain.Layer]]]:
    """What the convolutions may give, and the dense layers in an order that they may have."""
    convolutions, dense = ([la for la in layers if la.weight.ndim == n] for n in (4, 2))
    # Where nothing fits, the order of their making says what does not.
    for line in list(chain.in_line(convolutions, x.shape[1])) or [convolutions]:
        for features in chain.conv_outcomes(x, line):
            for order in list(chain.in_line(dense)) or [dense]:
                yield features, order


def _ends(count: int) -> Iterator[tuple[float, str, Sequence[Callable[[Array], Array]]]]:
    """What may stand behind each of the dense layers: share, words, functions; first the right."""
    between = [relu] * (count - 1)
    softmax_inside = "stands at the end; the loss has one inside: give logits"
    yield 1.0, "", [*between, unchanged]
    yield 0.4, f"a softmax {softmax_inside}", [*between, softmax]
    yield 0.4, f"a log-softmax {softmax_inside}", [*between, _log]
    yield 0.4, "a sigmoid stands at the end: give logits", [*between, _sigmoid]
    yield 0.4, "a ReLU stands behind the logits: last=True in the last block", [*between, relu]
    if count <= 4:
        for activations in list(product((relu, unchanged), repeat=count))[2:]:
            yield 0.4, "last=True belongs to the last dense block, and to no other", activations


def _log(z: Array) -> Array:
    return np.log(softmax(z))


def _sigmoid(z: Array) -> Array:
    return 1 / (1 + np.exp(-z))


def _exact(h: float, k: float, p: float, s: float) -> float:
    return (h - (k - 1) + 2 * p - 1) / s + 1


def _size(h: float, k: float, p: float, s: float) -> float:
    return np.floor(_exact(h, k, p, s))


def _upwards(h: float, k: float, p: float, s: float) -> float:
    return np.ceil(_exact(h, k, p, s))
