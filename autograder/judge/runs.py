"""What a `chainrule.training.Run` says of a training, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder.judge.remote import Offered, Raised, words
from autograder.judge.trial import Missed
from autograder.judge.values import kind, plain

FIELDS = (
    *("name", "history", "config", "epochs", "trained", "problem"),
    *("data_name", "is_sample", "seed"),
)


@dataclass(frozen=True)
class RunRecord:
    """A training by its own word: recompute from the weights whatever earns points.

    `history` has a number per epoch by the name of what was measured; `epochs` is how many
    are done; `problem` says why there are no trained weights, if `trained` is false.
    """

    name: str
    history: dict[str, tuple[float, ...]]
    config: dict[str, object]
    epochs: int
    trained: bool
    problem: str
    data_name: str
    is_sample: bool
    seed: int | None

    def last(self, name: str) -> float | None:
        """The last number of a history, None if there is none."""
        numbers = self.history.get(name, ())
        return numbers[-1] if numbers else None


def read_run(offered: Offered) -> RunRecord:
    """A run as plain data; `Missed` for what is none."""
    try:
        told = offered.fields(*FIELDS)
    except Raised as raised:
        raise Missed(f"your run cannot be read: {raised}") from None
    if not isinstance(told, dict) or not {"history", "trained"} <= told.keys():
        raise Missed(f"expected the run that `train(...)` returned, but got {offered.kind}")
    history = _history(told["history"])
    epochs, seed = told.get("epochs"), told.get("seed")
    return RunRecord(
        words(told.get("name")),
        history,
        _config(told.get("config")),
        epochs if type(epochs) is int else max(map(len, history.values()), default=0),
        told["trained"] is True,
        words(told.get("problem"), 400),
        words(told.get("data_name")),
        told.get("is_sample") is True,
        seed if type(seed) is int else None,
    )


def _history(told: object) -> dict[str, tuple[float, ...]]:
    if not isinstance(told, dict):
        raise Missed(f"the history of your run is {kind(told)}; expected a dict of lists")
    return {words(key): _numbers(entry) for key, entry in told.items()}


def _numbers(entries: object) -> tuple[float, ...]:
    """The numbers of one history; what is none is NaN, so that epochs keep their places."""
    if isinstance(entries, np.ndarray) and entries.ndim == 1:
        entries = list(entries)
    if not isinstance(entries, list | tuple):
        return ()
    return tuple(_number(entry) for entry in entries)


def _number(entry: object) -> float:
    if isinstance(entry, np.ndarray | np.generic):
        entry = entry.item() if entry.size == 1 and entry.dtype.kind in "iuf" else None
    if type(entry) not in (int, float):
        return float("nan")
    try:
        return float(entry)
    except OverflowError:  # an integer of very many digits
        return float("nan")


def _config(told: object) -> dict[str, object]:
    found = {}
    for key, value in told.items() if isinstance(told, dict) else ():
        try:
            found[words(str(key))] = plain(value, "your config")
        except Missed:
            found[words(str(key))] = None  # nobody asks for what is not plain
    return found
