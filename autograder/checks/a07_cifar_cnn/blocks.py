"""`build_net.py`: the convolutional block and the dense block, recomputed from their weights."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations

import numpy as np

from autograder.checks.a07_cifar_cnn import chain
from autograder.checks.a07_cifar_cnn.chain import Array, relu, unchanged
from autograder.judge.models import Maker, Module
from autograder.judge.offers import maker
from autograder.judge.registry import check
from autograder.judge.trial import Missed, Trial

HALVES = "one convolution and one pooling, which halves height and width"


@check("conv_block", points=4, takes=maker)
def conv_block(make: Maker, t: Trial) -> None:
    halves = "height and width are halved, for every odd kernel"
    values = "one convolution, ReLU, max-pooling"
    with t.part(halves, 1.5):
        _halved(make, t)
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


def _halved(make: Maker, t: Trial) -> None:
    even = [
        _is_halved(make, t, *case) for case in ((3, 16, 16), (5, 16, 12), (1, 8, 8), (7, 12, 14))
    ]
    odd = [_is_halved(make, t, *case) for case in ((3, 9, 14), (7, 8, 11))]
    if not even[0]:
        t.miss(f"in a block stand {HALVES}")
    if not all(even):
        t.earn(0.4, "the padding fits one kernel only: let it follow from kernel_size")
    elif not all(odd):
        t.earn(0.7, "an odd row or column is left out by the pooling, as `MaxPool2d(2)` does it")


def _is_halved(make: Maker, t: Trial, kernel: int, height: int, width: int) -> bool:
    """Whether a block makes images half as high and wide, rounded down; if not, it is said."""
    out = make(3, 8, kernel).logits(t.randn(2, 3, height, width))
    if out.shape == (2, 8, height // 2, width // 2):
        return True
    t.say(
        f"kernel {kernel}: {height}×{width} becomes {_last_two(out)}; expected "
        f"{height // 2}×{width // 2}"
    )
    return False


def _block_values(make: Maker, t: Trial) -> None:
    block = make(3, 8, 3)
    layers = chain.layers_in(chain.randomised(block, t.rng))
    if [layer.weight.ndim for layer in layers] != [4]:
        t.miss(f"there are {len(layers)} layers with weights; the block has one convolution")
    x = t.randn(3, 3, 8, 12)
    given = block.logits(x)
    if any(chain.agree(given, wanted) for wanted in chain.conv_outcomes(x, layers)):
        return
    for wanted, share, words in _block_slips(x, layers[0]):
        if chain.agree(given, wanted):
            t.earn(share, words)
            return
    t.miss(f"what comes out is not what a convolution, ReLU and max-pooling give; {HALVES}")


def _block_slips(x: Array, layer: chain.Layer) -> Iterator[tuple[Array, float, str]]:
    """What other blocks give, share, words. A normalisation may stand anywhere in them."""
    plain, strided = chain.convolved(x, layer), chain.convolved(x, layer, stride=2)
    cut = plain[:, :, 1:-1, 1:-1]
    for start, steps, pooling, share, words in (
        (plain, "np", np.max, 0.5, "there is no ReLU in the block"),
        (plain, "nrp", np.mean, 0.4, "this is average pooling; take MaxPool2d"),
        (plain, "np", np.mean, 0.2, "average pooling, and no ReLU"),
        (strided, "nr", None, 0.3, "the convolution makes it smaller (stride=2); only pooling may"),
        (plain, "nr", None, 0.4, "there is no pooling in the block"),
        (cut, "nrp", np.max, 0.5, "the convolution makes it smaller: it needs padding"),
    ):
        for order in permutations(steps):
            yield chain.behind(start, layer, order, pooling=pooling), share, words


@check("dense_block", points=2, takes=maker)
def dense_block(make: Maker, t: Trial) -> None:
    with t.part("x @ W + b and ReLU", 1.0):
        _dense_values(make(6, 9), t, relu, "there is no ReLU in the block")
    with t.part("the last one without ReLU", 0.5):
        last = make(6, 9, last=True)
        _dense_values(last, t, unchanged, "with last=True there is no ReLU, so leave it out")
    with t.part("dropout in train mode only", 0.5):
        _dropout(make, t)


def _dense_values(block: Module, t: Trial, last: Callable, words: str) -> None:
    layers = chain.layers_in(chain.randomised(block, t.rng))
    if [layer.weight.ndim for layer in layers] != [2]:
        t.miss(f"there are {len(layers)} layers with weights; a dense block has one")
    if layers[0].weight.shape != (9, 6):
        t.miss(f"DenseBlock(6, 9) has weights of shape {layers[0].weight.shape[::-1]}, not (6, 9)")
    x = t.randn(20, 6)
    given = block.logits(x)
    if any(chain.agree(given, wanted) for wanted in chain.dense_outcomes(x, layers, [last])):
        return
    other = unchanged if last is relu else relu
    if any(chain.agree(given, wanted) for wanted in chain.dense_outcomes(x, layers, [other])):
        t.earn(0.3 if last is relu else 0.0, words)
        return
    t.miss("in eval mode the result is not that of one dense layer")


def _dropout(make: Maker, t: Trial) -> None:
    if not all([_drops(make(1, 2, dropout=p), p, t) for p in (0.25, 0.6)]):
        return
    try:
        _drops(make(1, 2, dropout=0.6, last=True), 0.6, t)
    except Missed as missed:
        t.earn(0.5, f"with last=True, {missed}")


def _drops(block: Module, p: float, t: Trial) -> bool:
    """Whether a block of 1 input and 2 units drops a share p of its inputs; says what it does.

    In eval mode the block says itself what it gives for an input that was dropped, and for one
    that was kept and so divided by 1 − p: whatever its activation is, p can be counted.
    """
    state = {key: np.ones_like(value) for key, value in block.state().items()}
    for weight in (value for value in state.values() if value.ndim == 2):
        weight[:1] = 3.0  # the units differ, for the sake of a softmax
    block.set_state(state)
    out = block.logits(np.ones((2000, 1)), training=True)[:, 0]
    for rate, share, words in (
        (p, 1.0, ""),
        (1 - p, 0.3, "`dropout` is the share that is set to 0, not the share that is kept"),
    ):
        dropped, kept, plain = block.logits(np.array([[0], [1 / (1 - rate)], [1]]))[:, 0]
        found = _how_often(out, dropped, kept)
        if found is None:
            found = _how_often(out, 0, plain / (1 - rate))
            share, words = 0.5 * share, "dropout stands behind the layer; it belongs in front of it"
        if found is None:
            continue
        if abs(found - rate) > 0.06:
            t.miss(f"dropout={p} drops {found:.0%}: is the argument used?")
        if share < 1:
            t.earn(share, words)
        return share == 1
    t.miss(f"dropout={p} is not what comes out in train mode: is there a dropout in the block?")


def _how_often(out: Array, dropped: float, kept: float) -> float | None:
    """How often the one of two numbers came, if nothing else did and both can be told apart."""
    low, high = (np.isclose(out, value, atol=1e-3) for value in (dropped, kept))
    return float(np.mean(low)) if np.all(low ^ high) else None


def _last_two(out: Array) -> str:
    return "×".join(map(str, out.shape[2:])) or f"the shape {out.shape}"
