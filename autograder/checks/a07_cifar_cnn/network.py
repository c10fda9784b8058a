"""`build_net.py`: equation (5), the blocks and the network, recomputed from their weights."""

from __future__ import annotations

from collections.abc import Callable

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
HALVES = "one convolution and one pooling, which halves height and width"


@check("eq5_size", points=1.5, takes=function)
def eq5_size(answer: Callable, t: Trial) -> None:
    slips = [
        Slip("the result is not rounded down: use `//`", _exact, 0.5),
        Slip("it is rounded up; a window that does not fit is left out", _upwards, 0.5),
        Slip(NEAREST, lambda *sizes: np.rint(_exact(*sizes)), 0.5),
        Slip(NEAREST, lambda *sizes: np.rint(_exact(*sizes) - 1) + 1, 0.5),
        Slip("the + 1 is missing", lambda h, k, p, s: _size(h, k, p, s) - 1, 0.4),
        Slip("the padding stands on both sides: 2p", lambda h, k, p, s: _size(h, k, p / 2, s), 0.4),
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


@check("conv_block", points=4, takes=maker)
def conv_block(make: Maker, t: Trial) -> None:
    halves = "height and width are halved, for every odd kernel"
    values = "one convolution, ReLU, max-pooling"
    with t.part(halves, 1.5):
        right = {}
        for kernel, height, width in ((3, 16, 16), (5, 16, 12), (1, 8, 8), (7, 9, 14)):
            out = make(3, 8, kernel).logits(t.randn(2, 3, height, width))
            right[kernel] = out.shape == (2, 8, height // 2, width // 2)
            if not right[kernel]:
                t.say(
                    f"kernel {kernel}: {height}×{width} becomes {_last_two(out)}; expected "
                    f"{height // 2}×{width // 2}"
                )
        if right[3] and not all(right.values()):
            t.earn(0.4, "the padding fits one kernel only: let it follow from kernel_size")
        elif not all(right.values()):
            t.miss(f"in a block stand {HALVES}")
    with t.part(values, 2):
        _block_values(make, t)
    with t.part("channels and kernel as asked for", 0.5, needs=values):
        for inputs, outputs, kernel in ((3, 8, 3), (5, 4, 7)):
            layer = chain.layers_in(make(inputs, outputs, kernel).state())[0]
            if layer.weight.shape != (outputs, inputs, kernel, kernel):
                t.miss(
                    f"ConvBlock({inputs}, {outputs}, {kernel}) has a kernel of shape "
                    f"{layer.weight.shape}; expected {(outputs, inputs, kernel, kernel)}"
                )


def _block_values(make: Maker, t: Trial) -> None:
    block = make(3, 8, 3)
    layers = chain.layers_in(chain.randomised(block, t.rng))
    if [layer.weight.ndim for layer in layers] != [4]:
        t.miss(f"there are {len(layers)} layers with weights; the block has one convolution")
    x = t.randn(3, 3, 8, 12)
    given = block.logits(x)
    if any(chain.agree(given, wanted) for wanted in chain.outcomes(x, layers, unchanged)):
        return
    (layer,) = layers
    plain = chain.convolved(x, layer)
    if not layer.norms:
        for wanted, share, words in (
            (chain.pooled(plain), 0.5, "there is no ReLU in the block"),
            (chain.pooled(relu(plain), np.mean), 0.4, "this is average pooling; take MaxPool2d"),
            (chain.pooled(plain, np.mean), 0.2, "average pooling, and no ReLU"),
            (
                relu(chain.convolved(x, layer, stride=2)),
                0.3,
                "the convolution makes it smaller (stride=2); only pooling may",
            ),
            (relu(plain), 0.4, "there is no pooling in the block"),
            (
                chain.pooled(relu(plain[:, :, 1:-1, 1:-1])),
                0.5,
                "the convolution makes it smaller: it needs padding",
            ),
        ):
            if chain.agree(given, wanted):
                t.earn(share, words)
                return
    t.miss(f"what comes out is not what a convolution, ReLU and max-pooling give; {HALVES}")


@check("dense_block", points=2, takes=maker)
def dense_block(make: Maker, t: Trial) -> None:
    values = "x @ W + b and ReLU"
    with t.part(values, 1.0):
        _dense_values(make(6, 9), t, relu, "there is no ReLU in the block")
    with t.part("the last one without ReLU", 0.5):
        last = make(6, 9, last=True)
        _dense_values(last, t, unchanged, "with last=True there is no ReLU, so leave it out")
    with t.part("dropout in train mode only", 0.5, needs=values):
        _dropout(make, t)


def _dense_values(block: Module, t: Trial, last: Callable, words: str) -> None:
    layers = chain.layers_in(chain.randomised(block, t.rng))
    if [layer.weight.ndim for layer in layers] != [2]:
        t.miss(f"there are {len(layers)} layers with weights; a dense block has one")
    if layers[0].weight.shape != (9, 6):
        t.miss(f"DenseBlock(6, 9) has weights of shape {layers[0].weight.shape[::-1]}, not (6, 9)")
    x = t.randn(20, 6)
    given = block.logits(x)
    if any(chain.agree(given, wanted) for wanted in chain.outcomes(x, layers, last)):
        return
    other = unchanged if last is relu else relu
    if any(chain.agree(given, wanted) for wanted in chain.outcomes(x, layers, other)):
        t.earn(0.3 if last is relu else 0.0, words)
        return
    t.miss("in eval mode the result is not that of one dense layer")


def _dropout(make: Maker, t: Trial) -> None:
    """With an input of 1 and one unit, w + b becomes b or w / (1 − p) + b: so p can be counted.

    All of these are positive here, so that a ReLU does nothing.
    """
    for p in (0.25, 0.6):
        block = make(1, 1, dropout=p)
        state = {
            key: np.full(value.shape, 3.0 if value.ndim == 2 else 1.0, np.float32)
            for key, value in block.state().items()
        }
        block.set_state(state)
        out = block.logits(np.ones((2000, 1)), training=True)[:, 0]
        kinds = {"in": (1.0, 1 + 3 / (1 - p)), "out": (0.0, 4 / (1 - p))}
        for where, (dropped, kept) in kinds.items():
            if np.all(np.isclose(out, dropped, atol=1e-3) | np.isclose(out, kept, atol=1e-3)):
                share = float(np.mean(np.isclose(out, dropped, atol=1e-3)))
                if abs(share - p) > 0.06:
                    t.miss(f"dropout={p} drops {share:.0%}: is the argument used?")
                if where == "out":
                    t.earn(0.5, "dropout stands behind the layer; it belongs in front of it")
                break
        else:
            t.miss(f"dropout={p} does nothing of the kind in train mode")


@check("cifar_cnn", points=4, takes=maker)
def cifar_cnn(make: Maker, t: Trial) -> None:
    with t.part("images of every size, any number of classes", 1.4):
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
    layers: list[chain.Layer] = []
    with t.part(values, 1.6):
        layers = _network_values(make, t)
    with t.part("at least two of each", 1.0, needs=values):
        counts = [sum(layer.weight.ndim == n for layer in layers) for n in (4, 2)]
        t.earn(0.5 * sum(count >= 2 for count in counts))
        if min(counts) < 2:
            t.say(f"{counts[0]} convolutions and {counts[1]} dense layers; two of each are needed")


def _network_values(make: Maker, t: Trial) -> list[chain.Layer]:
    inp_dim, out_dim = SIZES["full"]
    net = make(inp_dim, out_dim)
    layers = chain.layers_in(net.state())
    kinds = [layer.weight.ndim for layer in layers]
    if kinds != sorted(kinds, reverse=True) or not {2, 4} <= set(kinds):
        t.miss("the weights are not those of convolutional blocks and then dense blocks")

    def draw() -> tuple[Array, list[chain.Layer]]:
        drawn = chain.layers_in(chain.randomised(net, t.rng))
        return t.rng.random((2, *inp_dim)), drawn

    def shown(drawn: tuple[Array, list[chain.Layer]]) -> list[tuple[float, Array]]:
        logits = next(chain.outcomes(*drawn, unchanged))
        return [(1.0, logits), (0.4, relu(logits))]

    x, layers = told_apart(draw, shown, by=0.05)
    given = net.logits(x)
    plain = list(chain.outcomes(x, layers, unchanged))
    for share, words, behind in (
        (1.0, "", unchanged),
        (0.4, "a softmax stands at the end; the loss has one inside: give logits", softmax),
        (0.4, "a log-softmax stands at the end; the loss has one inside: give logits", _log),
        (0.4, "a ReLU stands behind the logits: last=True in the last block", relu),
    ):
        if any(chain.agree(given, behind(wanted)) for wanted in plain):
            t.earn(share, *[words] * bool(words))
            return layers
    t.miss(
        "the logits are not those of a chain of all your blocks in their order: does forward use "
        "each of them once?"
    )
    return layers


def _log(z: Array) -> Array:
    return np.log(softmax(z))


def _last_two(out: Array) -> str:
    return "×".join(map(str, out.shape[2:])) or f"the shape {out.shape}"


def _exact(h: float, k: float, p: float, s: float) -> float:
    return (h - (k - 1) + 2 * p - 1) / s + 1


def _size(h: float, k: float, p: float, s: float) -> float:
    return np.floor(_exact(h, k, p, s))


def _upwards(h: float, k: float, p: float, s: float) -> float:
    return np.ceil(_exact(h, k, p, s))
