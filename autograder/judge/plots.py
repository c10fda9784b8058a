"""What a student's plot shows, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder.judge.remote import Offered, Raised, words
from autograder.judge.trial import Missed


@dataclass(frozen=True, eq=False)
class Line:
    """A line of a plot: its label (empty if it has none) and its points, two float arrays."""

    label: str
    x: np.ndarray
    y: np.ndarray

    def shows(self, numbers: np.ndarray) -> bool:
        """Whether its points are as high as these numbers.

        Where a training diverged, the numbers of its losses are none, and no point is drawn.
        """
        return (
            self.y.shape == numbers.shape
            and self.y.size > 0
            and np.allclose(self.y, numbers, atol=1e-6, equal_nan=True)
        )


@dataclass(frozen=True, eq=False)
class Plot:
    """Axes by their own word: pay little for it, behind values that were right.

    `lines` are at most 20, of 20,000 points each. `images` counts pictures, `twins` other
    Axes at the same place (of `twinx`). `legend` has its texts, and is empty without one.
    """

    title: str
    xlabel: str
    ylabel: str
    xscale: str
    yscale: str
    lines: tuple[Line, ...]
    images: int
    legend: tuple[str, ...]
    twins: int = 0

    def line(self, word: str) -> Line | None:
        """The first line whose label contains `word`, in whatever case; None if none does."""
        found = (line for line in self.lines if word.lower() in line.label.lower())
        return next(found, None)


ASK_FOR = "give the Axes that drawing returns: `axes = curves(...)`, `_, axes = plt.subplots()`"


def read_plots(offered: Offered) -> tuple[Plot, ...]:
    """The plots of an object, at least one; `Missed` says what to offer instead."""
    try:
        told = offered.plots()
    except Raised as raised:
        if raised.type == "TypeError":
            raise Missed(f"expected a plot, but got {offered.kind}; {ASK_FOR}") from None
        raise Missed(f"your plot cannot be read: {raised}") from None
    if not isinstance(told, list) or not told:
        raise Missed(f"expected a plot, but got {offered.kind}; {ASK_FOR}")
    return tuple(_plot(entry) for entry in told)


def _plot(told: object) -> Plot:
    told = told if isinstance(told, dict) else {}
    images, twins = told.get("images"), told.get("twins")
    return Plot(
        *(words(told.get(key)) for key in ("title", "xlabel", "ylabel", "xscale", "yscale")),
        tuple(_line(entry) for entry in _list(told.get("lines"))),
        images if type(images) is int else 0,
        tuple(words(entry) for entry in _list(told.get("legend"))),
        twins if type(twins) is int else 0,
    )


def _line(told: object) -> Line:
    told = told if isinstance(told, dict) else {}
    x, y = told.get("x"), told.get("y")
    if not all(isinstance(a, np.ndarray) and a.ndim == 1 and a.dtype.kind == "f" for a in (x, y)):
        raise Missed("a line of your plot has no points that can be read")
    if len(x) != len(y):
        raise Missed("a line of your plot has not as many x as y")
    return Line(words(told.get("label")), x, y)


def _list(told: object) -> list:
    return told if isinstance(told, list) else []
