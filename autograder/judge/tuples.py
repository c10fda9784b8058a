"""Functions that return several values, such as `out, cache` or `dx, dw, db`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from autograder.judge.remote import Offered, Raised, words
from autograder.judge.trial import Missed
from autograder.judge.values import numbers, raised_for

Value = np.ndarray | dict[str, np.ndarray] | None


def tuple_function(*names: str | None) -> Callable[[Offered], TupleFunction]:
    """What takes a student's function that returns these values, in this order.

    None in the place of a name: that value is the student's own business, and is not read.
    """

    def take(offered: Offered) -> TupleFunction:
        if not offered.callable:
            raise Missed(f"expected a function, but got {offered.kind}")
        return TupleFunction(offered, names)

    return take


class TupleFunction:
    """A student's function of plain values. It gets copies of them, arrays in their own types.

    `changed` is as in `autograder.judge.offers.Function`: the kernel's own word.
    """

    def __init__(self, offered: Offered, names: tuple[str | None, ...]) -> None:
        self.name = offered.name
        self.changed: tuple[bool, ...] = ()
        self._offered = offered
        self._names = names

    def __call__(self, *arguments: object) -> Values:
        """Its values; `Missed` if it raised, or returned something else than so many of them."""
        try:
            called = self._offered.call(*map(_copy, arguments))
        except Raised as raised:
            raise raised_for(self.name, raised, list(arguments)) from None
        self.changed = called.changed
        return self._read(called.value)

    def _read(self, value: object) -> Values:
        wanted = ", ".join(name or "cache" for name in self._names)
        if value is None:
            raise Missed(f"{self.name} returned None; does it end with `return {wanted}`?")
        if not isinstance(value, tuple | list):
            raise Missed(f"{self.name} returned one thing; expected {len(self._names)}: {wanted}")
        if len(value) != len(self._names):
            raise Missed(
                f"{self.name} returned {len(value)} things; expected {len(self._names)}: {wanted}"
            )
        return Values(self.name, self._names, value)


class Values(Sequence[Value]):
    """What a call returned: float arrays, dictionaries of them, None where there is no name.

    Each is read when it is asked for, so that a bad one costs its own part and no other.
    `Missed` says what is there instead.
    """

    def __init__(self, function: str, names: tuple[str | None, ...], entries: Sequence) -> None:
        self._function, self._names, self._entries = function, names, entries

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, place: int) -> Value:
        name, entry = self._names[place], self._entries[place]
        if name is None:
            return None
        if isinstance(entry, dict):
            named = [(words(key), array) for key, array in entry.items()]
            return {key: self._numbers(array, f"{name}[{key!r}]") for key, array in named}
        return self._numbers(entry, name)

    def _numbers(self, entry: object, name: str) -> np.ndarray:
        if entry is None:
            raise Missed(f"{self._function}: {name} is None")
        return numbers(entry, f"{self._function}, in the place of {name},")


def _copy(argument: object) -> object:
    return np.array(argument) if isinstance(argument, np.ndarray) else argument
