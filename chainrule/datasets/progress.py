"""The line that a download prints: how far it is, how fast, how long yet."""

from __future__ import annotations

import time

_PAUSE = 0.3  # seconds between two lines


def megabytes(count: int) -> str:
    """Bytes as people read them; a megabyte is 10⁶ of them."""
    return f"{count / 1e6:.1f} MB" if count >= 50_000 else f"{count / 1e3:.1f} kB"


class Progress:
    """One line, written over as it changes, which terminals and notebooks both understand."""

    def __init__(self, name: str, size: int) -> None:
        self._name, self._size = name, size
        self._width = 0

    def __enter__(self) -> Progress:
        self._begun = time.monotonic()
        self._first: int | None = None
        self._next = self._begun
        return self

    def show(self, done: int) -> None:
        """Say that `done` bytes are there. The first call says where the download starts."""
        now = time.monotonic()
        if self._first is None:
            self._first = done
        if now < self._next and done < self._size:
            return
        self._next = now + _PAUSE
        share = done / self._size
        line = f"{self._name}  {megabytes(done)} of {megabytes(self._size)} ({share:.0%})"
        rate = (done - self._first) / max(now - self._begun, 1e-3)
        if rate:
            line += f"  {megabytes(round(rate))}/s"
            if done < self._size:
                line += f"  {_duration((self._size - done) / rate)} left"
        print(f"\r{line.ljust(self._width)}", end="", flush=True)
        self._width = len(line)

    def __exit__(self, *_: object) -> None:
        print(flush=True)


def _duration(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
