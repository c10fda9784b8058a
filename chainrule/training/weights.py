"""A model's weights as a safetensors file, and back.

A model is a torch module or a dictionary of NumPy arrays. Nothing is ever
unpickled: safetensors is a JSON header and plain numbers
(https://huggingface.co/docs/safetensors, "Format").
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

from chainrule.training.errors import ArtifactError, TrainingError

Architecture = dict[str, tuple[tuple[int, ...], str]]
"""Every weight's shape and dtype, by name."""

MOST_HEADER = 4 * 2**20
_MOST_NAMED = 4


def is_module(model: Any) -> bool:
    """Whether `model` is a torch module; torch is not imported for it."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(model, torch.nn.Module)


def weights_of(model: Any) -> dict[str, Any]:
    """Copies of all weights (and buffers, such as BatchNorm's averages), on the CPU.

    Weights that share memory come out as copies of their own. TrainingError if
    `model` is neither a torch module nor a dictionary of NumPy arrays.
    """
    weights = dict(_named(model))
    if is_module(model):
        return {name: t.detach().cpu().contiguous().clone() for name, t in weights.items()}
    return {name: _native(array) for name, array in weights.items()}


def architecture(weights: Mapping[str, Any]) -> Architecture:
    """Shapes and dtypes of tensors or arrays: {"0.weight": ((10, 3), "float32"), …}."""
    return {name: (tuple(w.shape), _dtype(w)) for name, w in sorted(weights.items())}


def architecture_of(model: Any) -> Architecture:
    """The architecture of a model's weights, without copying them."""
    return architecture(_named(model))


def size_of(model: Any) -> int:
    """How many bytes a model's weights take."""
    return sum(int(weight.nbytes) for weight in _named(model).values())


def to_bytes(weights: Mapping[str, Any], metadata: Mapping[str, str] | None = None) -> bytes:
    """Tensors and arrays as the bytes of a safetensors file."""
    if any(not isinstance(weight, np.ndarray) for weight in weights.values()):
        import torch
        from safetensors.torch import save

        tensors = {
            name: torch.from_numpy(w) if isinstance(w, np.ndarray) else w
            for name, w in weights.items()
        }
        return save(tensors, metadata and dict(metadata))
    from safetensors.numpy import save as save_arrays

    return save_arrays(dict(weights), metadata and dict(metadata))


def from_bytes(data: bytes, *, tensors: bool) -> tuple[dict[str, Any], dict[str, str]]:
    """A safetensors file's torch tensors (or NumPy arrays) and its metadata.

    ArtifactError if the bytes are not a whole safetensors file.
    """
    metadata = _metadata(data)
    if tensors:
        from safetensors.torch import load
    else:
        from safetensors.numpy import load
    try:
        return load(data), metadata
    # The library reads what somebody handed in, and names no errors but its own.
    except Exception as error:
        raise ArtifactError(f"it is not a whole safetensors file ({error})") from error


def load_into(model: Any, weights: Mapping[str, Any]) -> None:
    """Put `weights` into `model`. ArtifactError, and the model untouched, if they do not fit it."""
    _check_fit(architecture_of(model), architecture(weights))
    spoilt = [name for name, weight in weights.items() if not _is_finite(weight)]
    if spoilt:
        raise ArtifactError(f"it holds NaN or infinity in {_some(spoilt)}")
    if is_module(model):
        model.load_state_dict(dict(weights))
    else:
        model.update({name: np.array(array) for name, array in weights.items()})


def spoilt_weights(model: Any) -> list[str]:
    """Names of the weights that hold NaN or infinity."""
    return [name for name, weight in _named(model).items() if not _is_finite(weight)]


def _named(model: Any) -> dict[str, Any]:
    if is_module(model):
        import torch

        weights = model.state_dict()
        odd = [name for name, weight in weights.items() if not isinstance(weight, torch.Tensor)]
        if lazy := [n for n, w in weights.items() if torch.nn.parameter.is_lazy(w)]:
            raise TrainingError(
                f"{_some(lazy)} has no shape yet: put one batch through the model before training."
            )
    elif isinstance(model, dict):
        weights = model
        odd = [
            str(name)
            for name, weight in model.items()
            if not (isinstance(name, str) and isinstance(weight, np.ndarray))
            or weight.dtype.kind not in "fiub"
        ]
    else:
        raise TrainingError(
            "The model should be a torch.nn.Module or a dictionary of NumPy arrays, "
            f"not a {type(model).__name__}."
        )
    if odd:
        raise TrainingError(
            f"Only arrays of numbers can be saved, but {_some(odd)} is something else."
        )
    if not weights:
        raise TrainingError("The model has no weights, so there is nothing to train.")
    return weights


def _native(array: np.ndarray) -> np.ndarray:
    return np.array(array, dtype=array.dtype.newbyteorder("="), order="C")


def _dtype(weight: Any) -> str:
    return str(getattr(weight.dtype, "name", weight.dtype)).removeprefix("torch.")


def _is_finite(weight: Any) -> bool:
    if isinstance(weight, np.ndarray):
        return bool(np.isfinite(weight).all())
    return bool(weight.isfinite().all())


def _metadata(data: bytes) -> dict[str, str]:
    length = int.from_bytes(data[:8], "little")
    if len(data) < 8 or length > len(data) - 8:
        raise ArtifactError("it is not a whole safetensors file (it is cut off, or something else)")
    if length > MOST_HEADER:
        raise ArtifactError(f"its header is too large ({length / 2**20:.0f} MB)")
    try:
        header = json.loads(data[8 : 8 + length])
    except (ValueError, RecursionError) as error:
        raise ArtifactError("it is not a safetensors file (its header is no JSON)") from error
    found = header.get("__metadata__", {}) if isinstance(header, dict) else None
    if not isinstance(found, dict):
        raise ArtifactError("it is not a safetensors file (its header is no table)")
    return found


def _check_fit(wanted: Architecture, found: Architecture) -> None:
    if missing := [name for name in wanted if name not in found]:
        raise ArtifactError(f"it is of another architecture: it has no {_some(missing)}")
    if strange := [name for name in found if name not in wanted]:
        raise ArtifactError(f"it is of another architecture: your model has no {_some(strange)}")
    for name, (shape, dtype) in wanted.items():
        other_shape, other_dtype = found[name]
        if shape != other_shape:
            raise ArtifactError(
                "it is of another architecture: "
                f"{name} is {other_shape} in the file and {shape} in your model"
            )
        if dtype != other_dtype:
            raise ArtifactError(f"{name} is {other_dtype} in the file and {dtype} in your model")


def _some(names: list[str]) -> str:
    shown = [name if len(name) <= 80 else f"{name[:80]}…" for name in names[:_MOST_NAMED]]
    return ", ".join(shown) + (
        f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    )
