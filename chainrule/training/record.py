"""`Record`: what is kept of a training run beside its weights, as JSON.

It is the student's own word. Reading it checks types and sizes, so that
whatever stands in a file comes out as plain values or as an ArtifactError.
"""

from __future__ import annotations

import json
import math
import platform
import sys
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

from chainrule.training.errors import ArtifactError, TrainingError
from chainrule.training.metrics import LONGEST_NAME, MOST_NAMES
from chainrule.training.run import History, Run

SCHEMA = 1
MOST_EPOCHS = 10_000
_MOST_CONFIG = 20_000
_MOST_DEPTH = 8


@dataclass(frozen=True)
class Record:
    """A run as far as it has come: `done` of `epochs` epochs."""

    name: str
    epochs: int
    done: int
    history: dict[str, list[float]]
    config: dict[str, Any]
    seed: int | None
    seconds: float
    data: dict[str, Any] | None
    """{"name": text, "is_sample": bool, "fingerprint": text}"""
    optimizer: list[dict[str, Any]]
    """The settings each optimizer started with: [{"kind": "Adam", "lr": 0.001, …}]."""
    optimizer_now: list[dict[str, Any]]
    """The same after the last epoch: a learning rate may fall on the way."""
    architecture: dict[str, list]
    """[shape, dtype] of every weight."""
    device: str = "cpu"
    was_training: bool = False
    """Whether the model was left in training mode."""
    versions: dict[str, str] = field(default_factory=dict)
    weights: dict[str, Any] | None = None
    """{"sha256": text, "bytes": count} of the weights' file, if one was kept."""

    def run(self, *, trained: bool, problem: str = "") -> Run:
        data = self.data or {}
        return Run(
            name=self.name,
            history=History(self.history),
            config=self.config,
            epochs=self.done,
            seed=self.seed,
            seconds=self.seconds,
            trained=trained,
            problem=problem,
            data_name=data.get("name", ""),
            is_sample=data.get("is_sample", False),
            data_fingerprint=data.get("fingerprint", ""),
            versions=self.versions,
        )

    def to_json(self) -> str:
        return json.dumps({"schema": SCHEMA, **asdict(self)}, indent=1, allow_nan=False)


def from_json(data: bytes | str) -> Record:
    """The record in a JSON file. ArtifactError if it is not one of ours in every field."""
    try:
        found = json.loads(data, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ArtifactError("it is not a whole JSON file") from error
    _require(isinstance(found, dict), "it is no table")
    _require(found.get("schema") == SCHEMA, f"its schema is not {SCHEMA}")
    epochs = _count(found, "epochs")
    done = _count(found, "done")
    _require(done <= epochs, "more epochs are done than there are")
    return Record(
        name=_text(found, "name"),
        epochs=epochs,
        done=done,
        history=_history(found.get("history"), done),
        config=_config(found.get("config")),
        seed=None if found.get("seed") is None else _count(found, "seed", 2**32),
        seconds=_seconds(found.get("seconds")),
        data=_data(found.get("data")),
        optimizer=_optimizer(found.get("optimizer")),
        optimizer_now=_optimizer(found.get("optimizer_now")),
        architecture=_architecture(found.get("architecture")),
        device=_text(found, "device"),
        was_training=found.get("was_training") is True,
        versions=_texts(found.get("versions"), "versions"),
        weights=_weights(found.get("weights")),
    )


def plain_config(config: Any) -> dict[str, Any]:
    """A student's config as it will be read back from JSON. TrainingError for other values."""
    if not isinstance(config, dict):
        raise TrainingError(
            'config should be a dictionary of plain values, as in {"lr": 0.01, "batch_size": 64}, '
            f"not a {type(config).__name__}."
        )
    plain = {_key(name): _plain(value, str(name), 0) for name, value in config.items()}
    if len(json.dumps(plain)) > _MOST_CONFIG:
        raise TrainingError("config is too long: keep settings in it, not data.")
    return plain


def data_of(data: Any) -> dict[str, Any] | None:
    """What is recorded of a DataSet."""
    if data is None:
        return None
    try:
        return {
            "name": str(data.name),
            "is_sample": bool(data.is_sample),
            "fingerprint": str(data.fingerprint),
        }
    except AttributeError as error:
        raise TrainingError(
            "data should be a data set of chainrule.datasets, as in data=mnist(), "
            f"not a {type(data).__name__}."
        ) from error


def versions() -> dict[str, str]:
    """Of Python, NumPy, torch (if it is used) and chainrule."""
    torch = sys.modules.get("torch")
    try:
        ours = version("chainrule")
    except PackageNotFoundError:  # used from a folder, without having been installed
        ours = "unknown"
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        **({"torch": str(torch.__version__)} if torch is not None else {}),
        "chainrule": ours,
    }


def _key(name: Any) -> str:
    if not isinstance(name, str):
        raise TrainingError(f"The names in config should be text, but {name!r} is not.")
    return name


def _plain(value: Any, where: str, depth: int) -> Any:
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    if depth < _MOST_DEPTH:
        if isinstance(value, (list, tuple)):
            return [_plain(item, where, depth + 1) for item in value]
        if isinstance(value, dict):
            return {_key(k): _plain(v, where, depth + 1) for k, v in value.items()}
    raise TrainingError(
        f"config takes plain values (numbers, text, lists of them), but {where!r} is a "
        f"{type(value).__name__}. Write its name or its numbers instead."
    )


def _refuse(constant: str) -> float:
    raise ValueError(constant)


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ArtifactError(f"it is no record of a training run ({otherwise})")


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return abs(value) <= sys.float_info.max


def _count(found: dict, name: str, most: int = MOST_EPOCHS + 1) -> int:
    value = found.get(name)
    whole = isinstance(value, int) and not isinstance(value, bool)
    _require(whole and 0 <= value < most, f"{name} is no count")
    return value


def _text(found: dict, name: str) -> str:
    value = found.get(name)
    _require(isinstance(value, str) and len(value) <= 200, f"{name} is no text, or too long")
    return value


def _texts(value: Any, name: str) -> dict[str, str]:
    _require(isinstance(value, dict) and len(value) <= MOST_NAMES, f"{name} is no table")
    _require(all(len(key) <= LONGEST_NAME for key in value), f"a name in {name} is too long")
    return {key: _text(value, key) for key in value}


def _seconds(value: Any) -> float:
    _require(_is_number(value) and value >= 0, "seconds is no time")
    return float(value)


def _history(value: Any, done: int) -> dict[str, list[float]]:
    _require(isinstance(value, dict) and len(value) <= MOST_NAMES, "history is no table")
    for name, column in value.items():
        _require(0 < len(name) <= LONGEST_NAME, "a name in history is too long")
        _require(
            isinstance(column, list) and len(column) == done,
            "history has not one number per epoch",
        )
        _require(all(map(_is_number, column)), "history holds what is no number")
    return {name: [float(number) for number in column] for name, column in value.items()}


def _config(value: Any) -> dict[str, Any]:
    try:
        return plain_config(value)
    except TrainingError as error:
        raise ArtifactError(f"it is no record of a training run ({error})") from error


def _data(value: Any) -> dict[str, Any] | None:
    if value is None:
        return None
    _require(isinstance(value, dict), "data is no table")
    _require(isinstance(value.get("is_sample"), bool), "is_sample is neither true nor false")
    return {
        "name": _text(value, "name"),
        "is_sample": value["is_sample"],
        "fingerprint": _text(value, "fingerprint"),
    }


def _optimizer(value: Any) -> list[dict[str, Any]]:
    _require(isinstance(value, list) and len(value) <= MOST_NAMES, "optimizer is no list")
    return [_config(group) for group in value]


def _architecture(value: Any) -> dict[str, list]:
    _require(isinstance(value, dict) and len(value) <= 10_000, "architecture is no table")
    for entry in value.values():
        _require(isinstance(entry, list) and len(entry) == 2, "architecture has no shapes")
        shape, dtype = entry
        sizes = isinstance(shape, list) and len(shape) <= 20
        _require(sizes and all(isinstance(n, int) for n in shape), "a shape is none")
        _require(isinstance(dtype, str) and len(dtype) <= 20, "a dtype is none")
    return value


def _weights(value: Any) -> dict[str, Any] | None:
    if value is None:
        return None
    _require(isinstance(value, dict), "weights is no table")
    return {"sha256": _text(value, "sha256"), "bytes": _count(value, "bytes", 2**40)}
