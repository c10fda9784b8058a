"""A student's training function, replayed on networks and data that the judge has chosen."""

from __future__ import annotations

import numpy as np

from autograder.judge import wire
from autograder.judge.models import Module
from autograder.judge.remote import Offered, Raised
from autograder.judge.trial import Missed


class Trainer:
    """A student's function that trains or tests: one step, an epoch, an evaluation.

    Its arguments may be plain values, arrays (which arrive as tensors, float32 and int64),
    `Module`s, recipes (`autograder.judge.recipes`), and lists and dicts of these. What it did
    to a module is in `module.state()`: values, to be compared with what must come out. Random
    numbers start from `seed`, if the check sets it, else anew with every call.

    After a call `changed` says for each argument whether the function wrote into it, and
    `dtype` of which type the result is: "int64" for such a tensor, "list" for a list. Both are
    the process's own word: pay little for them.
    """

    def __init__(self, offered: Offered) -> None:
        self.name = offered.name
        self.seed: int | None = None
        self.changed: tuple[bool, ...] = ()
        self.dtype = ""
        self._offered = offered

    def __call__(self, *arguments: object, **named: object) -> object:
        """Its result: plain values, and a `Module` for every object that stays in the kernel.

        Arrays come as float arrays, those without axes as numbers; lists, tuples and dicts
        of all this as they are. `Missed` if the function raises.
        """
        given = [_for_torch(argument) for argument in arguments]
        by_name = {key: _for_torch(argument) for key, argument in named.items()}
        try:
            called = self._offered.call(
                *given, named=by_name, tensors=True, seed=self.seed, keep=True
            )
        except Raised as raised:
            raise Missed(f"{self.name} raised {raised}") from None
        self.changed = called.changed
        self.dtype = str(getattr(called.value, "dtype", type(called.value).__name__))
        return self._received(called.value)

    def make(self, module: Module) -> Module:
        """A module of `recipes`, made at once: for asking it before any call."""
        module.reference(self._offered.channel)
        return module

    def _received(self, value: object) -> object:
        if isinstance(value, wire.Kept):
            return Module(self._offered.kept(value), f"what {self.name} returned")
        if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
            return value.item() if value.ndim == 0 else value.astype(float)
        if isinstance(value, list | tuple):
            return type(value)(self._received(entry) for entry in value)
        if isinstance(value, dict):
            return {key: self._received(entry) for key, entry in value.items()}
        return value


def as_tensor_data(argument: object) -> np.ndarray:
    """An array in the type in which the course gives tensors: float32, or int64."""
    array = np.array(argument)
    if array.dtype.kind == "f":
        return array.astype(np.float32)
    return array.astype(np.int64) if array.dtype.kind in "iu" else array


def _for_torch(argument: object) -> object:
    if isinstance(argument, np.ndarray):
        return as_tensor_data(argument)
    if isinstance(argument, list | tuple):
        return type(argument)(_for_torch(entry) for entry in argument)
    if isinstance(argument, dict):
        return {key: _for_torch(entry) for key, entry in argument.items()}
    return argument
