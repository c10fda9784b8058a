"""A chain of blocks in NumPy, from a module's own weights: what its logits must be.

Text 003, coding part: convolutions keep height and width, max-pooling halves them. A block
may have batch normalisation (Ioffe and Szegedy, arXiv:1502.03167) in it; where, is the
student's choice, so every order of it is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

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


@dataclass
class Layer:
    """A convolution (weight with 4 axes) or dense layer (2), and the normalisations behind it."""

    weight: Array
    bias: Array
    norms: list[Mapping[str, Array]] = field(default_factory=list)


def layers_in(state: Mapping[str, Array]) -> list[Layer]:
    """The layers of a `state_dict` in its order; `Missed` for one that no chain has."""
    groups: dict[str, dict[str, Array]] = {}
    for key, value in state.items():
        prefix, _, name = key.rpartition(".")
        groups.setdefault(prefix, {})[name] = np.asarray(value, dtype=float)
    found: list[Layer] = []
    for prefix, group in groups.items():
        weight = group.get("weight")
        if "running_mean" in group:
            if not found:
                raise Missed("a batch normalisation stands in front of the first layer")
            found[-1].norms.append(group)
        elif weight is not None and weight.ndim in (2, 4):
            found.append(Layer(weight, group.get("bias", np.zeros(len(weight)))))
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


def outcomes(x: Array, layers: list[Layer], last: Callable[[Array], Array]) -> Iterator[Array]:
    """What a chain may give for x (N, C, H, W) or (N, D), a result an order of its layers.

    `last` comes behind the last layer, if that is a dense one, in the place of its ReLU.
    """
    for conv_order in CONV_ORDERS:
        for dense_order in DENSE_ORDERS:
            yield _through(x, layers, conv_order, dense_order, last)


def agree(given: Array, wanted: Array) -> bool:
    """Whether they are the same but for rounding in float32."""
    scale = max(float(np.max(np.abs(wanted), initial=0.0)), 1e-12)
    return given.shape == wanted.shape and bool(np.max(np.abs(given - wanted)) <= CLOSE * scale)


def convolved(x: Array, layer: Layer, stride: int = 1) -> Array:
    """A convolution that keeps height and width; of its results every `stride`-th."""
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


def relu(x: Array) -> Array:
    return np.maximum(x, 0)


def unchanged(x: Array) -> Array:
    return x


def _through(
    x: Array, layers: list[Layer], conv_order: str, dense_order: str, last: Callable
) -> Array:
    for index, layer in enumerate(layers):
        if layer.weight.ndim == 4:
            x = convolved(x, layer)
            order = conv_order
        else:
            x = x.reshape(len(x), -1)
            if x.shape[1] != layer.weight.shape[1]:
                raise Missed(
                    f"a dense layer takes {layer.weight.shape[1]} numbers, where convolutions "
                    f"that keep the size and a pooling in each block leave {x.shape[1]}"
                )
            x = x @ layer.weight.T + layer.bias
            order = dense_order
        is_last = index == len(layers) - 1 and layer.weight.ndim == 2
        for step in order:
            if step == "n":
                for norm in layer.norms:
                    x = _normalised(x, norm)
            elif step == "p":
                x = pooled(x)
            else:
                x = last(x) if is_last else relu(x)
    return x


def _normalised(x: Array, norm: Mapping[str, Array]) -> Array:
    mean, variance = norm["running_mean"], norm["running_var"]
    if x.shape[1] != len(mean):
        raise Missed(f"a batch normalisation takes {len(mean)} channels and gets {x.shape[1]}")
    shape = (-1,) + (1,) * (x.ndim - 2)
    scaled = (x - mean.reshape(shape)) / np.sqrt(variance + EPS).reshape(shape)
    weight, bias = norm.get("weight", np.ones_like(mean)), norm.get("bias", np.zeros_like(mean))
    return scaled * weight.reshape(shape) + bias.reshape(shape)
