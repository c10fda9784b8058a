"""What a check takes from a student: proxies turned into plain data and functions it can trust."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

import numpy as np

from autograder.judge import wire
from autograder.judge.remote import Offered, Raised, words
from autograder.judge.trial import Missed
from chainrule.worksheets import Derivation, Graph, WorksheetError


def worksheet(offered: Offered) -> Graph:
    """A worksheet as plain data: rebuilt and checked here, so nothing of the object survives."""
    return _plain(offered, "Worksheet", Graph.from_dict)


def derivation(offered: Offered) -> Derivation:
    """A chain-rule derivation as plain data, rebuilt and checked as well."""
    return _plain(offered, "Derivation", Derivation.from_dict)


def function(offered: Offered) -> Function:
    """A student's function, to be called with arrays and numbers."""
    return Function(_callable(offered))


def torch_function(offered: Offered) -> Function:
    """A student's function of tensors; arrays in and out, on the judge's side.

    Arrays of floats arrive as float32, those of integers as int64; numbers, text and None as
    they are. Gradients are recorded, as in the student's own calls.
    """
    return Function(_callable(offered), tensors=True)


def module(offered: Offered) -> Module:
    """A student's torch module. What is not one says so when it is first asked."""
    return Module(offered)


class Function:
    """A student's function. It gets copies of its arguments and returns a float array.

    After a call `changed` says for each argument whether the function wrote
    into it. Only the student's own process can know, so it may lie: give such
    a part few points, behind a part that has seen right values.
    """

    def __init__(self, offered: Offered, tensors: bool = False) -> None:
        self.name = offered.name
        self.changed: tuple[bool, ...] = ()
        self._offered = offered
        self._tensors = tensors

    def __call__(self, *arguments: object) -> np.ndarray:
        """Its result as numbers; `Missed` says why there are none."""
        if self._tensors:
            given = [_for_torch(entry) for entry in arguments]
        else:
            given = [np.array(entry, dtype=float) for entry in arguments]
        try:
            called = self._offered.call(*given, tensors=self._tensors)
        except Raised as raised:
            raise _raised_for(self.name, raised, given) from None
        self.changed = called.changed
        return numbers(called.value, self.name)


@dataclass(frozen=True)
class Layer:
    """A layer of a torch module, by its own word: pay little for it.

    `type` is `torch.nn.Linear` or the name of the student's class, `shapes` are those of its
    own parameters, `settings` its plain attributes, such as `kernel_size`, `stride` or `p`.
    """

    name: str
    type: str
    shapes: dict[str, tuple[int, ...]]
    settings: dict[str, object]
    training: bool


class Module:
    """A student's torch module.

    Logits and state are values: they can be compared, and the one recomputed
    from the other. `layers`, `parameters` and `training` are what the
    student's process says of the module, and it may lie: give such a part few
    points, behind a part that has seen right values. So it is with `changed`:
    whether the last call wrote into its images.
    """

    name = "your module"

    def __init__(self, offered: Offered) -> None:
        self.changed = False
        self._offered = offered

    def logits(
        self, images: np.ndarray, training: bool = False, batch: int | None = None
    ) -> np.ndarray:
        """What it gives for images of shape (N, ...): a float array of shape (N, ...).

        Without gradients, in train or eval mode; the module's own mode and its running
        averages come back afterwards. Floats arrive in the type of its weights. With `batch`
        the images come in so many at a time, each time with a call's whole deadline.
        """
        images = np.asarray(images)
        step = batch or max(len(images), 1)
        parts, changed = [], False
        for start in range(0, max(len(images), 1), step):
            parts.append(self._logits(images[start : start + step], training))
            changed |= self.changed
        self.changed = changed
        if len({part.shape[1:] for part in parts}) > 1:
            raise Missed(f"{self.name} gave different shapes for parts of the images")
        return np.concatenate(parts)

    def state(self) -> dict[str, np.ndarray]:
        """Its `state_dict` as arrays by name; bfloat16 comes as float32."""
        return {
            words(key): self._weights(key, value)
            for key, value in self._dict(self._ask(self._offered.state)).items()
        }

    def layers(self) -> tuple[Layer, ...]:
        """Its layers in the order of their making; of containers only those with parameters."""
        told = self._dict(self._ask(self._offered.layers)).get("layers")
        return tuple(self._layer(entry) for entry in self._list(told))

    @property
    def parameters(self) -> int:
        """How many numbers it can learn; what two layers share counts once."""
        told = self._dict(self._ask(self._offered.layers)).get("parameters")
        return sum(math.prod(self._shape(entry)) for entry in self._list(told))

    @property
    def training(self) -> bool:
        """Whether it is in train mode now."""
        return self._dict(self._ask(self._offered.layers)).get("training") is True

    def _logits(self, images: np.ndarray, training: bool) -> np.ndarray:
        try:
            called = self._offered.logits(images, training)
        except Raised as raised:
            raise _raised_for(self.name, raised, [images]) from None
        (self.changed,) = called.changed
        given = numbers(called.value, self.name)
        if given.shape[:1] != images.shape[:1]:
            raise Missed(
                f"{self.name} gave a result of shape {given.shape} for images of shape "
                f"{images.shape}; expected one row an image"
            )
        return given

    def _ask(self, question: Callable) -> object:
        try:
            return question()
        except Raised as raised:
            raise Missed(f"{self.name} raised {raised}") from None

    def _weights(self, key: object, value: object) -> np.ndarray:
        value = value.array if isinstance(value, wire.Bfloat16) else value
        if not isinstance(key, str) or not isinstance(value, np.ndarray):
            raise Missed(f"the entry {words(str(key))!r} of your state_dict is no tensor")
        return value

    def _layer(self, entry: object) -> Layer:
        told = self._dict(entry)
        return Layer(
            words(told.get("name")),
            words(told.get("type")),
            {words(key): self._shape(v) for key, v in self._dict(told.get("shapes")).items()},
            {words(key): v for key, v in self._dict(told.get("settings")).items()},
            told.get("training") is True,
        )

    def _shape(self, told: object) -> tuple[int, ...]:
        shape = tuple(self._list(told))
        if len(shape) > 16 or any(type(n) is not int or not 0 <= n < 1 << 40 for n in shape):
            self._unreadable()
        return shape

    def _dict(self, told: object) -> dict:
        return told if isinstance(told, dict) else self._unreadable()

    def _list(self, told: object) -> list:
        return told if isinstance(told, list) else self._unreadable()

    def _unreadable(self) -> NoReturn:
        raise Missed(f"{self.name} gave no answer that can be read")


def _callable(offered: Offered) -> Offered:
    if not offered.callable:
        raise Missed(f"expected a function, but got {offered.kind}")
    return offered


def _for_torch(argument: object) -> object:
    if argument is None or type(argument) in (bool, int, float, str):
        return argument
    array = np.array(argument)
    if array.dtype.kind == "f":
        return array.astype(np.float32)
    return array.astype(np.int64) if array.dtype.kind in "iu" else array


def _raised_for(name: str, raised: Raised, given: list[object]) -> Missed:
    shapes = ", ".join(str(np.shape(entry)) for entry in given)
    return Missed(f"{name} raised {raised} for inputs of shapes {shapes}")


def numbers(value: object, name: str) -> np.ndarray:
    """A value from a student's code as a float array; `Missed` says why it is none."""
    if value is None:
        raise Missed(f"{name} returned None; does it end with `return`?")
    try:
        return np.array(_floats(value), dtype=float)
    except (TypeError, ValueError, OverflowError) as error:
        reason = str(error) if isinstance(error, _NotNumbers) else "rows of different lengths"
        raise Missed(f"{name} returned {reason} instead of numbers (an array or a float)") from None


class _NotNumbers(TypeError):  # noqa: N818  (it says what is there)
    """What is there instead of numbers, as one says it in a sentence."""


def _floats(value: object) -> object:
    """Numbers, as an array or in lists; whatever NumPy would only guess about is refused."""
    if isinstance(value, bool | int | float):
        return float(value)
    if isinstance(value, np.ndarray):
        if value.dtype.kind == "c":
            raise _NotNumbers("complex numbers")
        return value.astype(float)
    if isinstance(value, list | tuple):
        return [_floats(entry) for entry in value]
    if isinstance(value, wire.Masked):
        raise _NotNumbers("a masked array (`.filled(...)` makes numbers of it)")
    if isinstance(value, wire.Bfloat16):
        raise _NotNumbers("bfloat16, which has three digits (compute in float32 or float64),")
    if isinstance(value, wire.Opaque):
        raise _NotNumbers(f"a {value.type.rpartition('.')[2]}")
    raise _NotNumbers("None" if value is None else f"a {type(value).__name__}")


def _plain(offered: Offered, noun: str, read: Callable) -> object:
    try:
        # Through JSON, which keeps of an odd value nothing that the format does not have.
        return read(json.loads(json.dumps(offered.to_dict(), default=_number)))
    except Raised as raised:
        if raised.type == "AttributeError":
            raise Missed(f"expected a {noun}, but got {offered.kind}") from None
        raise Missed(f"the {noun.lower()} is not in order: {raised}") from None
    except (WorksheetError, TypeError, ValueError, RecursionError) as error:
        if offered.type.rpartition(".")[2] != noun:
            raise Missed(f"expected a {noun}, but got {offered.kind}") from None
        raise Missed(f"the {noun.lower()} is not in order: {words(str(error), 400)}") from None


def _number(value: object) -> object:
    if isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind in "biuf":
        return value.item()
    raise TypeError("it holds something that is neither a number nor text")
