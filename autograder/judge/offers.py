"""What a check takes from a student: proxies turned into plain data and functions it can trust."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np

from autograder.judge import values
from autograder.judge.models import Maker, Module
from autograder.judge.plots import Plot, read_plots
from autograder.judge.remote import Offered, Raised, words
from autograder.judge.runs import RunRecord, read_run
from autograder.judge.training_replay import Trainer, as_tensor_data
from autograder.judge.trial import Missed
from autograder.judge.values import numbers, raised_for
from chainrule.worksheets import Derivation, Graph, WorksheetError


def worksheet(offered: Offered) -> Graph:
    """A worksheet as plain data: rebuilt and checked here, so nothing of the object survives."""
    return _in_order(offered, "Worksheet", Graph.from_dict)


def derivation(offered: Offered) -> Derivation:
    """A chain-rule derivation as plain data, rebuilt and checked as well."""
    return _in_order(offered, "Derivation", Derivation.from_dict)


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


def maker(offered: Offered) -> Maker:
    """A student's class or function that makes torch modules."""
    return Maker(_callable(offered))


def trainer(offered: Offered) -> Trainer:
    """A student's function that trains or tests, to be replayed on what the judge has chosen."""
    return Trainer(_callable(offered))


def value(offered: Offered) -> object:
    """A plain value: numbers, text, None, and lists, tuples and dicts of them.

    Arrays and tensors come as float arrays, those without axes as numbers.
    """
    return values.plain(offered.read(), offered.name)


def number(offered: Offered) -> float:
    """One number, as a float; from an array or tensor of one entry, too."""
    return values.number(offered.read(), offered.name)


def text(offered: Offered) -> str:
    """Text."""
    return values.text(offered.read(), offered.name)


def numbers_of(offered: Offered) -> np.ndarray:
    """An array, a tensor, or lists of numbers, as a float array."""
    found = offered.read()
    if found is None:
        raise Missed(f"{offered.name} is None; expected numbers")
    return numbers(found, offered.name)


def axes(offered: Offered) -> Plot:
    """One plot: matplotlib's Axes, a figure with one, or what `plt.plot` returned.

    Only the student's process can know what it shows, so it may lie: pay little.
    """
    plots = read_plots(offered)
    if len(plots) > 1:
        raise Missed(f"expected one plot, but this holds {len(plots)} Axes")
    return plots[0]


def figure(offered: Offered) -> tuple[Plot, ...]:
    """All plots of a figure, or of a list or array of Axes, in their order. See `axes`."""
    return read_plots(offered)


def run(offered: Offered) -> RunRecord:
    """What a `chainrule.training.Run` says of a training; it may lie, as may whoever wrote it."""
    return read_run(offered)


def later(take: Callable[[Offered], object]) -> Callable[[Offered], Callable[[], object]]:
    """Take an object when the check asks for it: `takes=(module, later(axes))`.

    The check gets a function of no arguments; what is missed there costs the part around
    the call. Taken at once, an object that is missed costs the whole question.
    """
    return lambda offered: lambda: take(offered)


class Function:
    """A student's function. It gets copies of its arguments and returns a float array.

    Arrays and floats arrive as float arrays, whole numbers (a size, a stride) as they are.
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
            given = [e if type(e) is int else np.array(e, dtype=float) for e in arguments]
        try:
            called = self._offered.call(*given, tensors=self._tensors)
        except Raised as raised:
            raise raised_for(self.name, raised, given) from None
        self.changed = called.changed
        return numbers(called.value, self.name)


def _for_torch(argument: object) -> object:
    if argument is None or type(argument) in (bool, int, float, str):
        return argument
    return as_tensor_data(argument)


def _callable(offered: Offered) -> Offered:
    if not offered.callable:
        raise Missed(f"expected a function, but got {offered.kind}")
    return offered


def _in_order(offered: Offered, noun: str, read: Callable) -> object:
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
