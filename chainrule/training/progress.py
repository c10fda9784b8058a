"""What a training run prints: a line an epoch, with its numbers and the time left."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from chainrule.training.run import duration

MOST_LINES = 12


class Progress:
    """Prints epochs as they end. Of many epochs only some lines stay; the others are
    written over, which notebooks and terminals do at a carriage return."""

    def __init__(self, epochs: int, done: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._epochs, self._first = epochs, done
        self._step = math.ceil((epochs - done) / MOST_LINES) or 1
        self._clock = clock
        self._start = clock()
        self._width = 0

    @property
    def seconds(self) -> float:
        """Since this object was made."""
        return self._clock() - self._start

    def show(self, done: int, metrics: dict[str, float]) -> None:
        """Print what epoch number `done` (from 1) returned."""
        here = done - self._first
        left = self.seconds / here * (self._epochs - done)
        numbers = "  ".join(f"{name} {_number(value):<7}" for name, value in metrics.items())
        line = f"epoch {done:{len(str(self._epochs))}d}/{self._epochs}  {numbers}"
        if done < self._epochs:
            line += f"  {duration(left)} left"
        stays = here == 1 or here % self._step == 0 or done == self._epochs
        blank = " " * (self._width - len(line))
        start = "\r" if self._width else ""
        print(f"{start}{line}{blank}".rstrip(), end="\n" if stays else "", flush=True)
        self._width = 0 if stays else len(line)

    def close(self) -> None:
        """End a line that would have been written over."""
        if self._width:
            print(flush=True)
        self._width = 0


def _number(value: float) -> str:
    """Four decimals, so that columns align; fewer digits of what they would not fit."""
    return f"{value:.4f}" if value == 0 or 1e-3 <= abs(value) < 100 else f"{value:.4g}"
