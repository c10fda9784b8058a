"""A chain of blocks in NumPy, from a module's own weights: what its logits must be.

Text 003, coding part: convolutions keep height and width, max-pooling halves them. A block
may have batch normalisation (Ioffe and Szegedy, arXiv:1502.03167) in it; where, is the
student's choice, so every order of it is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from autograder.judge.models import Module
from autograder.judge.trial import Missed

Array = np.ndarray
EPS = 1e-5
"""torch adds it to the variance in batch normalisation."""

CLOSE = 1e-3
"""Of the largest number: float32 leaves less than 1e-5 of it."""

CONV_ORDERS = ("nrp", "rnp", "rpn", "pnr")
"""Of normalisation, ReLU and pooling behind a convolution; ReLU and pooling commute."""
DENSE_ORDERS = ("nr", "rn")

MOST = 6
"""Of the orders in which layers that fit onto each other are tried."""

Norm = Mapping[str, Array]


@dataclass
class Layer:
    """A convolution (weight with 4 axes) or dense layer (2), and the normalisations behind it.

    `before` are those in front of it, which only the first layer has: in front of another one
    they stand behind the one before.
    """

    weight: Array
    bias: Array
    before: list[Norm] = field(default_factory=list)
    norms: list[Norm] = field(default_factory=list)


def layers_in(state: Mapping[str, Array]) -> list[Layer]:
    """The layers of a `state_dict` in its order; `Missed` for one that no chain has."""
    groups: dict[str, dict[str, Array]] = {}
    for key, value in state.items():
        prefix, _, name = key.rpartition(".")
        groups.setdefault(prefix, {})[name] = np.asarray(value, dtype=float)
    found: list[Layer] = []
    before: list[Norm] = []
    for prefix, group in groups.items():
        weight = group.get("weight")
        if "running_mean" in group:
            (found[-1].norms if found else before).append(group)
        elif weight is not None and weight.ndim in (2, 4):
            in_front = [] if found else before
            found.append(Layer(weight, group.get("bias", np.zeros(len(weight))), in_front))
        else:
            raise Missed(
                f"{prefix or 'the module'} learns, but is no convolution, dense layer or batch norm"
            )
    return found


def randomised(module: Module, rng: np.random.Generator) -> dict[str, Array]:
    """Give a fresh module's normalisations and biases random numbers; returns its new state."""
    state = module.state()
    for key, value in state.items():
        if value.dtype.kind != "f" or value.ndim != 1:
            continue
        spread = {"running_var": (0.5, 2.0), "weight": (0.5, 1.5)}.get(key.rpartition(".")[2])
        low, high = spread or (-0.4, 0.4)
        state[key] = rng.uniform(low, high, value.shape).astype(value.dtype)
    module.set_state(state)
    return state


def in_line(layers: Sequence[Layer], inputs: int | None = None) -> Iterator[list[Layer]]:
    """The orders in which each layer takes what the one before gives, `MOST` of them.

    Modules may be made in another order than `forward` goes through them. That of their making
    comes first; `inputs` are the channels that the first one takes.
    """
    return islice(_in_line(list(layers), inputs), MOST)


def _in_line(layers: list[Layer], inputs: int | None) -> Iterator[list[Layer]]:
    if not layers:
        yield []
    for place, layer in enumerate(layers):
        if inputs in (None, layer.weight.shape[1]):
            for rest in _in_line(layers[:place] + layers[place + 1 :], len(layer.weight)):
                yield [layer, *rest]


def conv_outcomes(x: Array, layers: Sequence[Layer]) -> Iterator[Array]:
    """What blocks may make of x (N, C, H, W), a result an order of their layers."""
    some = any(layer.norms for layer in layers)
    for order in CONV_ORDERS if some else CONV_ORDERS[:1]:
        out = x
        for layer in layers:
            out = behind(convolved(out, layer), layer, order)
        yield out


def dense_outcomes(
    x: Array, layers: Sequence[Layer], activations: Sequence[Callable[[Array], Array]]
) -> Iterator[Array]:
    """What dense layers with these functions behind them may make of x (N, ...), likewise."""
    some = any(layer.norms for layer in layers)
    for order in DENSE_ORDERS if some else DENSE_ORDERS[:1]:
        out = x.reshape(len(x), -1)
        for layer, activation in zip(layers, activations, strict=True):
            if out.shape[1] != layer.weight.shape[1]:
                raise Missed(
                    f"a dense layer takes {layer.weight.shape[1]} numbers, where convolutions "
                    f"that keep the size and a pooling in each block leave {out.shape[1]}"
                )
            out = _normalised(out, layer.before) @ layer.weight.T + layer.bias
            out = behind(out, layer, order, activation)
        yield out


def agree(given: Array, wanted: Array) -> bool:
    """Whether they are the same but for rounding in float32."""
    scale = max(float(np.max(np.abs(wanted), initial=0.0)), 1e-12)
    return given.shape == wanted.shape and bool(np.max(np.abs(given - wanted)) <= CLOSE * scale)


def convolved(x: Array, layer: Layer, stride: int = 1) -> Array:
    """A convolution that keeps height and width; of its results every `stride`-th."""
    x = _normalised(x, layer.before)
    size = layer.weight.shape[2:]
    if x.shape[1] != layer.weight.shape[1]:
        raise Missed(f"a convolution takes {layer.weight.shape[1]} channels and gets {x.shape[1]}")
    edges = [((k - 1) // 2, k - 1 - (k - 1) // 2) for k in size]
    windows = sliding_window_view(np.pad(x, ((0, 0), (0, 0), *edges)), size, axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    out = np.tensordot(windows, layer.weight, axes=((1, 4, 5), (1, 2, 3)))
    return out.transpose(0, 3, 1, 2) + layer.bias[:, None, None]


def pooled(x: Array, how: Callable = np.max) -> Array:
    """Pooling over 2×2 pixels; an odd last row or column is left out."""
    height, width = (n - n % 2 for n in x.shape[2:])
    parts = x[:, :, :height, :width].reshape(*x.shape[:2], height // 2, 2, width // 2, 2)
    return how(parts, axis=(3, 5))


def behind(
    x: Array,
    layer: Layer,
    order: Sequence[str],
    activation: Callable[[Array], Array] | None = None,
    pooling: Callable = np.max,
) -> Array:
    """What a layer's normalisations ("n"), its ReLU ("r") and a pooling ("p") make of x.

    `activation` stands in the place of the ReLU.
    """
    for step in order:
        if step == "n":
            x = _normalised(x, layer.norms)
        elif step == "p":
            x = pooled(x, pooling)
        else:
            x = (activation or relu)(x)
    return x


def relu(x: Array) -> Array:
    return np.maximum(x, 0)


def unchanged(x: Array) -> Array:
    return x


def _normalised(x: Array, norms: Sequence[Norm]) -> Array:
    for norm in norms:
        mean, variance = norm["running_mean"], norm["running_var"]
        if x.shape[1] != len(mean):
            raise Missed(f"a batch normalisation takes {len(mean)} channels and gets {x.shape[1]}")
        shape = (-1,) + (1,) * (x.ndim - 2)
        scaled = (x - mean.reshape(shape)) / np.sqrt(variance + EPS).reshape(shape)
        weight, bias = norm.get("weight", np.ones_like(mean)), norm.get("bias", np.zeros_like(mean))
        x = scaled * weight.reshape(shape) + bias.reshape(shape)
    return x
