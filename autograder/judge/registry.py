"""Checks by name: the decorator that declares one, and how it is found and run."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from autograder import checks
from autograder.judge.remote import Offered
from autograder.judge.trial import Missed, Trial, Undecided
from autograder.judge.verdict import Part, Verdict


@dataclass(frozen=True)
class Check:
    """A named check: its points, what it takes of each object, and the function that asks."""

    name: str
    points: float
    takes: tuple[Callable[[Offered], object], ...]
    ask: Callable[..., None]


_CHECKS: dict[str, Check] = {}


def check(name: str, points: float, takes: Callable | tuple[Callable, ...]) -> Callable:
    """Declare a check. Its parts must add up to `points`, those of the test cell it marks.

    `takes` (from `autograder.judge.offers`) turns the proxy of an offered
    object into what the function gets as its first argument; a tuple of them
    for several objects. The `Trial` comes last.
    """
    takes = takes if isinstance(takes, tuple) else (takes,)

    def declare(ask: Callable[..., None]) -> Callable:
        if name in _CHECKS and _CHECKS[name].ask.__module__ != ask.__module__:
            raise ValueError(f"two checks are called {name!r}")
        _CHECKS[name] = Check(name, points, takes, ask)
        return ask

    return declare


@cache
def all_checks() -> dict[str, Check]:
    """Every check of the course, by name: the modules of `autograder.checks`, imported."""
    for module in pkgutil.walk_packages(checks.__path__, f"{checks.__name__}."):
        importlib.import_module(module.name)
    return dict(sorted(_CHECKS.items()))


def judge(name: str, offered: Sequence[Offered], seed: int | None = None) -> Verdict:
    """Run the check `name` on what a student offered. KeyError if there is no such check.

    `seed` makes the inputs; without one they are the same in every run.
    """
    check = all_checks()[name]
    trial = Trial(zlib.crc32(name.encode()) if seed is None else seed)
    started = time.perf_counter()
    try:
        check.ask(*_taken(check, offered), trial)
    except Missed as missed:
        # Missed outside a part: the rest of the check has nothing to work on.
        left = check.points - sum(part.max_points for part in trial.parts)
        trial.parts.append(Part("your answer", 0.0, left, (str(missed),)))
    except Undecided as undecided:
        return dataclasses.replace(nothing(name, str(undecided)), undecided=str(undecided))
    seconds = time.perf_counter() - started
    verdict = Verdict(name, tuple(trial.parts), seconds, tuple(trial.flags))
    if abs(verdict.max_points - check.points) > 1e-9:
        raise AssertionError(
            f"the parts of check {name!r} add up to {verdict.max_points}, not {check.points}"
        )
    return verdict


def nothing(name: str, reason: str, notes: tuple[str, ...] = ()) -> Verdict:
    """The verdict on an answer that the check `name` never got to see."""
    return Verdict(
        name, (Part("your answer", 0.0, all_checks()[name].points, (reason,)),), 0, notes
    )


def _taken(check: Check, offered: Sequence[Offered]) -> list[object]:
    if len(offered) != len(check.takes):
        raise Missed(f"{len(offered)} answers were offered; expected {len(check.takes)}")
    return [take(entry) for take, entry in zip(check.takes, offered, strict=True)]
