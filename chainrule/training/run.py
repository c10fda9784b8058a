"""`Run`: what became of one training run."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from chainrule.training.errors import TrainingError


class History(dict):
    """Numbers by name, one an epoch. Of a run that was not trained, any name is an empty list."""

    def __missing__(self, name: str) -> list[float]:
        if not self:
            return []
        raise KeyError(f"{name!r} was not recorded; there are {', '.join(self)}")


@dataclass(frozen=True, repr=False)
class Run:
    """One training run: its numbers epoch by epoch, and what it was trained with.

    `trained` says whether the model holds the trained weights. If `problem` is
    not empty it says in words what is wrong: why there are none, or what does
    not fit. `seconds` is the time of the training itself, whenever that was.
    """

    name: str
    history: dict[str, list[float]] = field(default_factory=History)
    config: dict[str, Any] = field(default_factory=dict)
    epochs: int = 0
    seed: int | None = None
    seconds: float = 0.0
    trained: bool = False
    problem: str = ""
    data_name: str = ""
    is_sample: bool = False
    data_fingerprint: str = ""
    versions: dict[str, str] = field(default_factory=dict)

    def last(self, name: str) -> float:
        """The number called `name` after the last epoch; NaN if no epoch was recorded."""
        if not self.history:
            return float("nan")
        if name not in self.history:
            raise TrainingError(
                f"{self.name} has no {name!r} in its history. It has: {', '.join(self.history)}."
            )
        return self.history[name][-1]

    def to_dict(self) -> dict[str, Any]:
        """The run as plain values, a copy."""
        plain = copy.deepcopy(asdict(self))
        plain["history"] = {name: list(numbers) for name, numbers in self.history.items()}
        return plain

    def __repr__(self) -> str:
        return "\n".join([self._headline(), *_table(self.history), *self._remarks()])

    def _headline(self) -> str:
        if not self.epochs:
            return f"Run {self.name!r}: not trained"
        count = "1 epoch" if self.epochs == 1 else f"{self.epochs} epochs"
        data = f" on {self.data_name}" if self.data_name else ""
        sample = " (the small sample)" if self.is_sample else ""
        return f"Run {self.name!r}: {count}{data}{sample} in {duration(self.seconds)}"

    def _remarks(self) -> list[str]:
        settings = ", ".join(f"{name} = {value}" for name, value in self.config.items())
        return [
            *([f"config: {settings}"] if settings else []),
            *([f"problem: {self.problem}"] if self.problem else []),
        ]


def _table(history: Mapping[str, list[float]]) -> list[str]:
    rows = [
        (name, *(f"{number:.4g}" for number in (n[0], n[-1], min(n), max(n))))
        for name, n in history.items()
        if n
    ]
    if not rows:
        return []
    rows.insert(0, ("", "first", "last", "lowest", "highest"))
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    return [
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip()
        for row in rows
    ]


def duration(seconds: float) -> str:
    """A time as a person says it: '0.4 s', '42 s', '3 min 05 s', '2 h 10 min'."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
