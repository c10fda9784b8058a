"""A trial: what a check is given to ask its questions and to give its points."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np

from autograder.judge.verdict import Part

RTOL = 1e-4
"""Relative tolerance for what a program computed: in float32, which the course uses, or better.

By hand and for whole numbers: see checks.
"""

SHOWN = 30
"""More numbers than these say nothing to a reader."""


class Missed(Exception):  # noqa: N818  (a check's word, not a fault)
    """The answer is not what the part asks for; the message tells the student why."""


class Undecided(Exception):  # noqa: N818  (likewise)
    """The machine that grades lacks what this check needs; says what, and how it gets it."""


@dataclass
class Running:
    """A part while its block runs: it earns `share` of its points if nothing is missed."""

    share: float = 1.0
    messages: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Slip:
    """A way to go wrong that students really take: what it computes and what it still earns."""

    words: str
    computes: Callable
    share: float


class Trial:
    """Collects the parts of one check. `rng` makes its inputs; the same seed, the same trial."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.parts: list[Part] = []
        self.flags: list[str] = []
        self._running: Running | None = None

    def randn(self, *shape: int) -> np.ndarray:
        """Standard normal numbers of the given shape."""
        return self.rng.standard_normal(shape)

    @contextmanager
    def part(
        self, name: str, points: float, needs: str | None = None, told: bool = False
    ) -> Iterator[Running]:
        """A part worth `points`; nothing unless the part named by `needs` earned something.

        `told`: the block believes what the student's process says of itself,
        and a process can lie. Such a part is decided by what is told only
        where `needs` earned everything. Behind a slip it is given whatever is
        told: so a lie gains nothing, and the slip costs an honest student once.
        """
        if told and needs is None:
            raise ValueError(f"part {name!r} believes what it is told, so it needs another part")
        # The block always runs, so that its messages teach.
        running = self._running = Running()
        try:
            yield running
        except Missed as missed:
            running.share = 0.0
            running.messages.append(str(missed))
        finally:
            self._running = None
        share = min(max(running.share, 0.0), 1.0)
        if needs is not None:
            earned = self.share_of(needs)
            if earned == 0:
                share = 0.0
            elif told and earned < 1:
                if share < 1:
                    running.messages.append(f"not counted here, as {needs} is not all right yet")
                share = 1.0
        self.parts.append(Part(name, points * share, points, tuple(running.messages)))

    def share_of(self, name: str) -> float:
        """The share (0 to 1) of its points that the part of this name has earned."""
        (part,) = (part for part in self.parts if part.name == name)
        return part.points / part.max_points

    def miss(self, message: str) -> None:
        """End the part without points; `message` tells the student why."""
        raise Missed(message)

    def say(self, message: str) -> None:
        """Add a message to the running part, or to the last one where none is running."""
        if self._running is not None:
            self._running.messages.append(message)
        else:
            last = self.parts[-1]
            self.parts[-1] = replace(last, messages=(*last.messages, message))

    def flag(self, text: str) -> None:
        """Tell the instructor something that costs nothing by itself."""
        self.flags.append(text)

    def earn(self, share: float, *messages: str) -> None:
        """Let the running part earn `share` (0 to 1) of its points."""
        self._running.share = share
        self._running.messages.extend(messages)

    def compare(
        self,
        answer: Callable,
        reference: Callable,
        cases: Sequence[tuple],
        slips: Sequence[Slip] = (),
        rtol: float = RTOL,
    ) -> None:
        """Call `answer` and `reference` on each case; all must agree entry by entry.

        If they do not, the first slip that agrees on every case says what went
        wrong and how much of the part is still earned.
        """
        got = [answer(*case) for case in cases]
        want = [np.asarray(reference(*case), dtype=float) for case in cases]
        if _all_close(got, want, rtol):
            return
        for slip in slips:
            if _all_close(got, [np.asarray(slip.computes(*c), float) for c in cases], rtol):
                self.earn(slip.share, slip.words)
                return
        for case, given, wanted in zip(cases, got, want, strict=True):
            if given.shape != wanted.shape:
                self.miss(
                    f"for inputs of shapes {_shapes(case)} your result has shape {given.shape}; "
                    f"expected {wanted.shape}"
                )
            if not _close(given, wanted, rtol):
                found, expected = _apart(given, wanted)
                self.miss(f"for {_inputs(case)} your result is {found}; expected {expected}")


def _close(got: np.ndarray, want: np.ndarray, rtol: float) -> bool:
    # An entry near 0 is what large numbers leave of each other, and so is its error.
    near_zero = rtol / 10 * np.max(np.abs(want), initial=0.0)
    return got.shape == want.shape and bool(np.allclose(got, want, rtol=rtol, atol=near_zero))


def _all_close(got: list[np.ndarray], want: list[np.ndarray], rtol: float) -> bool:
    return all(_close(g, w, rtol) for g, w in zip(got, want, strict=True))


def _shapes(case: tuple) -> str:
    return ", ".join(str(np.shape(entry)) for entry in case)


def _inputs(case: tuple) -> str:
    return ", ".join(_input(np.asarray(entry)) for entry in case)


def _input(array: np.ndarray) -> str:
    return _numbers(array) if array.size <= SHOWN else f"an array of shape {array.shape}"


def _apart(given: np.ndarray, wanted: np.ndarray) -> tuple[str, str]:
    """Both in words, with more digits where the first four are the same."""
    short = _numbers(given), _numbers(wanted)
    return short if short[0] != short[1] else (_numbers(given, 10), _numbers(wanted, 10))


def _numbers(array: np.ndarray, digits: int = 4) -> str:
    shown = array if array.size <= SHOWN else array.ravel()
    text = np.array2string(shown, precision=digits, separator=", ", threshold=20)
    return text.replace("\n", "")
