"""`Plan`: what a call of `train` asks for, checked, and compared with what was kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chainrule.training.errors import TrainingError
from chainrule.training.files import MOST_WEIGHTS, Files
from chainrule.training.randomness import check_generators
from chainrule.training.record import MOST_EPOCHS, Record, data_of, plain_config
from chainrule.training.weights import architecture_of, size_of


@dataclass(frozen=True)
class Plan:
    """A training run as it was asked for."""

    name: str
    files: Files
    model: Any
    epochs: int
    config: dict[str, Any]
    data: dict[str, Any] | None
    seed: int | None
    optimizers: tuple[Any, ...]
    generators: tuple[Any, ...]
    settings: list[dict[str, Any]]
    """What each optimizer starts with."""
    architecture: dict[str, list]

    def difference(self, record: Record) -> str:
        """Why `record` is not of this run, in words; empty if it is."""
        if self.data != record.data:
            return f"the data were {_data(record.data)} and are {_data(self.data)}"
        if self.architecture != record.architecture:
            return "the model had another architecture"
        words = self.changed(record) or _changed({"seed": record.seed}, {"seed": self.seed})
        # Where only this cell is run again, an optimizer is as the run has left it.
        if words or not self._changed_optimizers(record.optimizer_now):
            return words
        return self._changed_optimizers(record.optimizer)

    def changed(self, record: Record) -> str:
        """How epochs and config differ from those of `record`, in words; empty if they do not."""
        return _changed(
            {"epochs": record.epochs, **record.config}, {"epochs": self.epochs, **self.config}
        )

    def contradiction(self) -> str:
        """A setting that config and optimizer tell differently, in words; else empty."""
        for group in self.settings:
            for name, value in group.items():
                said = self.config.get(name, value)
                if name != "kind" and said != value:
                    return f"config says {name} = {said}, but the optimizer has {name} = {value}"
        return ""

    def _changed_optimizers(self, settings: list[dict[str, Any]]) -> str:
        if len(self.settings) != len(settings):
            return "it had other optimizers"
        for before, now in zip(settings, self.settings, strict=True):
            # Versions of torch add settings, which says nothing of the run.
            common = before.keys() & now.keys()
            words = _changed(
                {name: before[name] for name in sorted(common)},
                {name: now[name] for name in sorted(common)},
            )
            if words:
                return f"of the optimizer, {words}"
        return ""


def make_plan(
    name: str,
    model: Any,
    epochs: int,
    *,
    optimizer: Any,
    config: dict[str, Any] | None,
    data: Any,
    seed: int | None,
    generators: Sequence[Any],
) -> Plan:
    """Check what `train` was given. TrainingError says what to put right."""
    files = Files.of(name)
    whole = isinstance(epochs, int) and not isinstance(epochs, bool)
    if not whole or not 1 <= epochs <= MOST_EPOCHS:
        raise TrainingError(f"epochs is a whole number from 1 to {MOST_EPOCHS}, not {epochs!r}.")
    optimizers = _optimizers(optimizer)
    check_generators(generators)
    architecture = architecture_of(model)
    _check_size(model)
    return Plan(
        name=name,
        files=files,
        model=model,
        epochs=epochs,
        config=plain_config({} if config is None else config),
        data=data_of(data),
        seed=seed,
        optimizers=optimizers,
        generators=tuple(generators),
        settings=settings_of(optimizers),
        architecture={name: [list(shape), kind] for name, (shape, kind) in architecture.items()},
    )


def _check_size(model: Any) -> None:
    size = size_of(model)
    if size > MOST_WEIGHTS:
        raise TrainingError(
            f"The model's weights take {size / 2**20:.0f} MB, and at most "
            f"{MOST_WEIGHTS / 2**20:.0f} MB can be handed in. Make a layer smaller; mostly it is "
            "the first dense one after the convolutions, which pooling makes smaller."
        )


def _optimizers(optimizer: Any) -> tuple[Any, ...]:
    if optimizer is None:
        return ()
    found = tuple(optimizer) if isinstance(optimizer, (list, tuple)) else (optimizer,)
    for one in found:
        if not (hasattr(one, "state_dict") and hasattr(one, "load_state_dict")):
            raise TrainingError(
                "optimizer should be a torch optimizer, as in "
                "torch.optim.Adam(model.parameters()), or a list of it and its scheduler, "
                f"not a {type(one).__name__}."
            )
    return found


def settings_of(optimizers: Sequence[Any]) -> list[dict[str, Any]]:
    """What each optimizer is and does now, as plain values."""
    return [_settings(optimizer) for optimizer in optimizers]


def _settings(optimizer: Any) -> dict[str, Any]:
    groups = getattr(optimizer, "param_groups", None) or [{}]
    group = {
        # A scheduler changes the learning rate, and keeps the first one there.
        **groups[0],
        **({"lr": groups[0]["initial_lr"]} if "initial_lr" in groups[0] else {}),
    }
    kept = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in group.items()
        if isinstance(value, (bool, int, float, str, tuple)) and name != "initial_lr"
    }
    return {"kind": type(optimizer).__name__, **kept}


def _changed(before: dict[str, Any], now: dict[str, Any]) -> str:
    for name in (*now, *before):
        if name not in before:
            return f"{name} is new"
        if name not in now:
            return f"{name} is no longer there"
        if before[name] != now[name]:
            return f"{name} was {_short(before[name])} and is {_short(now[name])}"
    return ""


def _data(data: dict[str, Any] | None) -> str:
    if data is None:
        return "not named"
    sample = ", the small sample" if data["is_sample"] else ""
    return f"{data['name']} ({data['fingerprint'][:12]}{sample})"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
