"""A run that is not finished, in one file: weights, record, optimizers and random numbers.

One file, so that they always fit each other, whenever the machine goes away.
The optimizer's state becomes a JSON text in which every tensor is a name, and
the tensors stand beside the weights under that name.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from chainrule.training import weights as safetensors
from chainrule.training.errors import ArtifactError
from chainrule.training.randomness import random_states, restore_random_states
from chainrule.training.record import Record, from_json

_WEIGHT = "model:"
_STATE = "state:"


@dataclass(frozen=True)
class Checkpoint:
    """What a partial file holds."""

    record: Record
    weights: dict[str, Any]
    state: dict[str, Any]
    """{"optimizers": their state_dicts, "random": see randomness.random_states}"""


def checksum(data: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def to_bytes(
    record: Record, model: Any, optimizers: Sequence[Any], generators: Sequence[Any]
) -> bytes:
    """All that training needs to go on after `record.done` epochs."""
    tensors = {f"{_WEIGHT}{name}": w for name, w in safetensors.weights_of(model).items()}
    state = {
        "optimizers": [optimizer.state_dict() for optimizer in optimizers],
        "random": random_states(generators),
    }
    text = json.dumps(_packed(state, tensors))
    return safetensors.to_bytes(tensors, {"record": record.to_json(), "state": text})


def from_bytes(data: bytes, *, tensors: bool) -> Checkpoint:
    """The checkpoint in a partial file: its weights as torch tensors, or as NumPy arrays.

    ArtifactError if it is not a whole one of ours.
    """
    found, metadata = safetensors.from_bytes(data, tensors=tensors or "torch" in sys.modules)
    weights = {n.removeprefix(_WEIGHT): w for n, w in found.items() if n.startswith(_WEIGHT)}
    if not tensors:
        weights = {name: np.asarray(weight) for name, weight in weights.items()}
    try:
        record = from_json(metadata["record"])
        state = _unpacked(json.loads(metadata["state"]), found)
    except (KeyError, ValueError, TypeError, RecursionError) as error:
        if isinstance(error, ArtifactError):
            raise
        raise ArtifactError("it does not say where its training stood") from error
    return Checkpoint(record, weights, state)


def restore(
    checkpoint: Checkpoint, model: Any, optimizers: Sequence[Any], generators: Sequence[Any]
) -> None:
    """Bring all to where the checkpoint was made. ArtifactError if it does not fit."""
    states, random = checkpoint.state["optimizers"], checkpoint.state["random"]
    if len(states) != len(optimizers) or len(random["own"]) != len(generators):
        raise ArtifactError("it has other optimizers or generators")
    safetensors.load_into(model, checkpoint.weights)
    try:
        for optimizer, state in zip(optimizers, states, strict=True):
            optimizer.load_state_dict(state)
        restore_random_states(random, generators)
    except (KeyError, ValueError, TypeError, RuntimeError) as error:
        raise ArtifactError(f"the optimizer's state does not fit ({error})") from error


def _packed(value: Any, tensors: dict[str, Any]) -> Any:
    """`value` as JSON can hold it; arrays and tensors go into `tensors`."""
    if isinstance(value, Mapping):
        return {"table": [[k, _packed(v, tensors)] for k, v in value.items()]}
    if isinstance(value, tuple):
        return {"tuple": [_packed(item, tensors) for item in value]}
    if isinstance(value, list):
        return [_packed(item, tensors) for item in value]
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return {"array": [value.dtype.name, value.tolist()]}
    if hasattr(value, "detach"):
        name = f"{_STATE}{len(tensors)}"
        tensors[name] = value.detach().cpu().contiguous().clone()
        return {"tensor": name}
    return value


def _unpacked(value: Any, tensors: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_unpacked(item, tensors) for item in value]
    if not isinstance(value, dict):
        return value
    ((kind, inner),) = value.items()
    if kind == "table":
        return {key: _unpacked(item, tensors) for key, item in inner}
    if kind == "tuple":
        return tuple(_unpacked(item, tensors) for item in inner)
    if kind == "array":
        dtype, numbers = inner
        return np.array(numbers, dtype=dtype)
    if kind == "tensor":
        return tensors[inner]
    raise ValueError(kind)
