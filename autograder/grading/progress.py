"""How far a run is, and how the notebooks did that are through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median


@dataclass(frozen=True)
class Progress:
    """How far a run is: said after every notebook that was handed in and is not kept."""

    student: str
    notebook: str
    done: int
    total: int
    spread: Spread | None = None  # of the notebooks done so far


@dataclass(frozen=True)
class Spread:
    """How notebooks did: shares of the automatic points, from 0 to 1."""

    mean: float
    median: float
    none: int  # notebooks without a point
    full: int  # notebooks with every point

    @classmethod
    def of(cls, shares: Sequence[float]) -> Spread | None:
        if not shares:
            return None
        return cls(mean(shares), median(shares), shares.count(0.0), shares.count(1.0))

    def __str__(self) -> str:
        """For the end of a progress bar."""
        return f"mean {self.mean:.0%}, median {self.median:.0%}, {self.none} at 0, {self.full} full"
