"""The small CNN in NumPy: what a student's network must compute from its own weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from autograder.checks.training.networks import softmax
from autograder.judge.trial import Missed

Array = np.ndarray

FEATURES = 7 * 7
"""Entries of a feature map that are left of 28 × 28 after two poolings."""

UNPADDED = 4 * 4
"""The same if the convolutions have no padding."""


@dataclass(frozen=True)
class Weights:
    """The names, in a `state_dict`, of the four layers' weights and biases, in their order."""

    names: tuple[str, str, str, str]
    biases: tuple[str, str, str, str]
    padding: int

    @classmethod
    def of(cls, state: Mapping[str, Array]) -> Weights:
        """By their shapes: whatever the layers are called, and in whatever order they are made."""
        convolutions = [name for name, array in state.items() if array.ndim == 4]
        dense = [name for name, array in state.items() if array.ndim == 2]
        if len(convolutions) != 2 or len(dense) != 2:
            raise Missed(
                f"there are {len(convolutions)} convolutions and {len(dense)} dense layers with "
                "weights; the table has two of each"
            )
        convolutions.sort(key=lambda name: state[name].shape[1] != 1)
        filters = len(state[convolutions[1]])
        paddings = {FEATURES * filters: 2, UNPADDED * filters: 0}
        dense.sort(key=lambda name: (len(state[name]) == 10, state[name].shape[1] not in paddings))
        names = (*convolutions, *dense)
        biases = tuple(name.removesuffix("weight") + "bias" for name in names)
        _fit(state, names, biases)
        inputs = state[dense[0]].shape[1]
        if inputs not in paddings:
            raise Missed(
                f"the first dense layer takes {inputs} numbers. After two poolings there are "
                f"{filters} maps of 7 × 7, which are {FEATURES * filters}: with padding 2 a "
                "convolution of size 5 keeps height and width"
            )
        return cls(names, biases, paddings[inputs])

    def filled(self, state: Mapping[str, Array]) -> tuple[tuple[Array, Array], ...]:
        """Weights and biases of the four layers."""
        return tuple((state[w], state[b]) for w, b in zip(self.names, self.biases, strict=True))


def _fit(state: Mapping[str, Array], names: tuple[str, ...], biases: tuple[str, ...]) -> None:
    """`Missed` unless the layers are convolutions of size 5, fit together, and have biases."""
    first, second, dense, last = (state[name].shape for name in names)
    for size in (first[2:], second[2:]):
        if size != (5, 5):
            raise Missed(f"a convolution has the size {size}; the table asks for 5")
    for gives, takes, layer in (
        (1, first[1], "the first convolution takes {} channels; a grey image has {}"),
        (first[0], second[1], "the second convolution takes {} channels, the first one makes {}"),
        (dense[0], last[1], "the last dense layer takes {} numbers, the first one makes {}"),
    ):
        if gives != takes:
            raise Missed(
                f"{layer.format(takes, gives)}: use `channels` and `hidden` for both, and no "
                "numbers of the table"
            )
    for name, bias in zip(names, biases, strict=True):
        if bias not in state or state[bias].shape != state[name].shape[:1]:
            raise Missed(f"there is no {bias}: each layer of the table has a bias")


def cnn_logits(
    layers: tuple[tuple[Array, Array], ...],
    images: Array,
    padding: int = 2,
    relus: tuple[int, int, int] = (1, 1, 1),
    pool: str = "max",
    end: str = "",
    activation: Callable[[Array], Array] = lambda x: np.maximum(x, 0),
) -> Array:
    """Logits (N, 10) of images (N, 1, 28, 28); the settings are for what students get wrong."""
    maps = images
    for (weights, bias), on in zip(layers[:2], relus[:2], strict=True):
        maps = _convolved(maps, weights, padding) + bias[:, None, None]
        maps = _halved(activation(maps) if on else maps, pool)
    (first, first_bias), (last, last_bias) = layers[2:]
    hidden = maps.reshape(len(maps), -1) @ first.T + first_bias
    logits = (activation(hidden) if relus[2] else hidden) @ last.T + last_bias
    if end == "relu":
        return np.maximum(logits, 0)
    if end:
        return softmax(logits) if end == "softmax" else np.log(softmax(logits))
    return logits


def _convolved(maps: Array, weights: Array, padding: int) -> Array:
    """Size 5: (N, C, H, W) to (N, F, H', W'); with padding 2, H' = H and W' = W."""
    padded = np.pad(maps, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    patches = np.lib.stride_tricks.sliding_window_view(padded, (5, 5), axis=(2, 3))
    return np.einsum("ncijuv,fcuv->nfij", patches, weights)


def _halved(maps: Array, pool: str) -> Array:
    """2 × 2 pooling with stride 2."""
    n, c, h, w = maps.shape
    patches = maps.reshape(n, c, h // 2, 2, w // 2, 2)
    return patches.max(axis=(3, 5)) if pool == "max" else patches.mean(axis=(3, 5))
