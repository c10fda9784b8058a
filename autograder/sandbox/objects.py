"""The objects that a kernel can be asked about while a `grade` runs, each by its number.

First come those that the cell offers, then those that stay behind: what a
call has returned, and what was made of a recipe. They are let go, and offered
modules are as they were, when the `grade` ends.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from autograder.judge import wire

MAX_KEPT = 64
"""Objects that may stay during one `grade`; one model is made a question, or two."""


class Objects:
    """A numbered list of objects. `undo` has what puts an offered one back, by its number."""

    def __init__(self, offered: Sequence[object]) -> None:
        self.offered = len(offered)
        self.undo: dict[int, Callable[[], None]] = {}
        self.calls = 0
        self._entries = list(offered)

    def __getitem__(self, index: int) -> object:
        if not 0 <= index < len(self._entries):
            raise LookupError("this object is not there any more")
        return self._entries[index]

    def __len__(self) -> int:
        return len(self._entries)

    def keep(self, entry: object) -> wire.Kept:
        """The number of an object that stays. ValueError if there are too many."""
        for index, known in enumerate(self._entries):
            if known is entry:
                return wire.Kept(index, describe(entry))
        if len(self) - self.offered >= MAX_KEPT:
            raise ValueError("it gave back more objects than can be looked at")
        self._entries.append(entry)
        return wire.Kept(len(self) - 1, describe(entry))

    def let_go(self, length: int) -> None:
        """Forget what has come since there were `length` objects."""
        del self._entries[max(length, self.offered) :]

    def named_in(self, value: object) -> set[int]:
        """The numbers of the objects that stand in a value from the judge."""
        if isinstance(value, wire.Kept):
            return {value.index}
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list | tuple):
            return set().union(*map(self.named_in, value))
        return set()

    def resolved(self, value: object) -> object:
        """A value from the judge with the objects in the place of their numbers."""
        if isinstance(value, wire.Kept):
            return self[value.index]
        if isinstance(value, dict):
            return {key: self.resolved(entry) for key, entry in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(self.resolved(entry) for entry in value)
        return value

    def close(self) -> None:
        """Put back what the judge has changed, and let everything go."""
        self.let_go(0)
        for put_back in self.undo.values():
            try:
                put_back()
            except Exception as error:  # the student's own model; the cell's points are decided
                print(f"A model could not be put back as it was before the test: {error}")
        self.undo.clear()


def describe(entry: object) -> dict:
    """What an object says it is."""
    name = getattr(entry, "__name__", None)
    return {
        "type": wire.type_name(type(entry)),
        "name": name[:100] if type(name) is str else None,
        "callable": callable(entry),
    }
