"""A node in a student's hands, and the signs it answers to."""

from __future__ import annotations

import re
from numbers import Real
from typing import TYPE_CHECKING, Any, NoReturn

from chainrule.worksheets.errors import UnknownNameError, WorksheetError
from chainrule.worksheets.hints import UFUNCS, meant

if TYPE_CHECKING:
    from chainrule.worksheets.worksheet import Worksheet


class Name(str):
    """The name of a node: a text like any other, except that calling it says what was meant."""

    __slots__ = ()

    def __call__(self, *names: object) -> NoReturn:
        """Refuse `node.name("q")`, which Python would refuse in words about `str`."""
        raise WorksheetError(_renaming(names[0] if names else "q"))


class Expression:
    """A node in a student's hands: pass it to the next operation, or write `+ − * / @ **`.

    An expression is a place in a graph, not a number: it cannot be compared or
    turned into one. Equality and truth are left alone, as for any object.
    """

    __slots__ = ("_name", "_worksheet")

    def __init__(self, worksheet: Worksheet, name: str) -> None:
        self._worksheet = worksheet
        self._name = name

    @property
    def name(self) -> str:
        """The name under which this node's value and gradient are written."""
        return Name(self._name)

    @name.setter
    def name(self, name: object) -> NoReturn:
        # The figure and the answers go by the worksheet's own names, so a name
        # that only the expression knew would be lost without a word.
        raise WorksheetError(_renaming(name))

    def named(self, name: str) -> Expression:
        """Give this node a name of your own, to write its value and gradient under."""
        self._worksheet._rename(self._name, name)
        self._name = name
        return self

    def __repr__(self) -> str:
        return f"<node {self._name}>"

    def __add__(self, other: Expression | float) -> Expression:
        if isinstance(other, Real):
            return self._worksheet.add_constant(self, other)
        return self._worksheet.add(self, other)

    __radd__ = __add__

    def __sub__(self, other: Expression | float) -> Expression:
        if isinstance(other, Real):
            return self._worksheet.add_constant(self, -other)
        return self._worksheet.subtract(self, other)

    def __rsub__(self, other: float) -> Expression:
        return self._worksheet.subtract(self._worksheet.constant(other), self)

    def __mul__(self, other: Expression | float) -> Expression:
        if isinstance(other, Real):
            return self._worksheet.multiply_constant(self, other)
        return self._worksheet.multiply(self, other)

    __rmul__ = __mul__

    def __truediv__(self, other: Expression | float) -> Expression:
        if isinstance(other, Real):
            return self._worksheet.divide(self, self._worksheet.constant(other))
        return self._worksheet.divide(self, other)

    def __rtruediv__(self, other: float) -> Expression:
        if other == 1:
            return self._worksheet.reciprocal(self)
        return self._worksheet.divide(self._worksheet.constant(other), self)

    def __matmul__(self, other: Expression) -> Expression:
        return self._worksheet.matmul(self, other)

    def __rmatmul__(self, other: object) -> Expression:
        return self._worksheet.matmul(other, self)

    def __pow__(self, exponent: float) -> Expression:
        return self._worksheet.power(self, exponent)

    def __rpow__(self, base: object) -> NoReturn:
        raise WorksheetError(
            f"A number to the power of a node is not a step of a worksheet. "
            f"For e to the power of {self._name} write {self._call('exp')}."
        )

    def __neg__(self) -> Expression:
        return self._worksheet.negate(self)

    # -- what a node is not -----------------------------------------------------------------

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Expression:
        """Take an operator with NumPy's number or array on its left; refuse NumPy's functions.

        NumPy asks here for both, and for an array it asks once, not once for
        each of its entries.
        """
        name = ufunc.__name__
        reflected = _REFLECTED.get(name)
        if reflected and method == "__call__" and not options and _is_left(inputs):
            return getattr(inputs[1], reflected)(inputs[0])
        if name in _COMPARISONS:
            self._compared(None)
        step = UFUNCS.get(name)
        what = f"np.{name} works on numbers, and a node of a worksheet is not one."
        if step is None:
            raise WorksheetError(f"{what} A worksheet has no such step: build it from others.")
        extra = ("2",) if name == "square" else ()
        raise WorksheetError(f"{what} Use {self._call(step, inputs, extra)}.")

    def __float__(self) -> float:
        raise WorksheetError(
            f"A node of a worksheet is not a number, so functions such as math.exp cannot take "
            f"it. For e to the power of {self._name} use {self._call('exp')}."
        )

    __int__ = __float__

    def __abs__(self) -> NoReturn:
        raise WorksheetError("The absolute value is not a step of a worksheet.")

    def __xor__(self, other: object) -> NoReturn:
        raise WorksheetError("Python writes a power as **, such as x ** 2.")

    def _compared(self, other: object) -> NoReturn:
        raise WorksheetError(
            "A node of a worksheet is not a number, so it cannot be compared. "
            "For the larger of two nodes use graph.max(a, b), for max(0, a) graph.relu(a)."
        )

    __lt__ = __le__ = __gt__ = __ge__ = _compared

    def __getattr__(self, name: str) -> NoReturn:
        # Python, NumPy and IPython ask for names with underscores, and want a plain no.
        if name.startswith("_"):
            raise AttributeError(name)
        step = meant(name, self._worksheet._offered())
        hint = f" Did you mean {self._call(step)}?" if step else ""
        raise UnknownNameError(f"A node has no {name!r}.{hint}")

    def _call(self, step: str, inputs: tuple = (), extra: tuple[str, ...] = ()) -> str:
        """How `step` is written in a notebook, for messages; `graph` stands for the worksheet."""
        if step.startswith("write_"):
            return f"graph.{step}({self._name}=...)"
        shown = [_shown(entry) for entry in inputs or (self,)]
        return f"graph.{step}({', '.join((*shown, *extra))})"


_REFLECTED = {
    "add": "__radd__",
    "subtract": "__rsub__",
    "multiply": "__rmul__",
    "divide": "__rtruediv__",
    "true_divide": "__rtruediv__",
    "matmul": "__rmatmul__",
    "power": "__rpow__",
}
"""NumPy's functions behind Python's operators, and our side of the operator."""

_COMPARISONS = frozenset({"less", "less_equal", "greater", "greater_equal"})


def _is_left(inputs: tuple) -> bool:
    """Whether a stranger stands on the left of one of our nodes."""
    return (
        len(inputs) == 2
        and not isinstance(inputs[0], Expression)
        and isinstance(inputs[1], Expression)
    )


def _shown(entry: object) -> str:
    if not isinstance(entry, Expression):
        return f"{entry:g}" if isinstance(entry, Real) else "..."
    # A name that the worksheet made up is no variable of the student's.
    made_up = re.fullmatch(r"[a-z_]+\d+", entry._name) and re.match(
        entry._worksheet._nodes[entry._name].op + r"\d", entry._name
    )
    return "..." if made_up else entry._name


def _renaming(name: object) -> str:
    return f'To give a node a name, write .named("{name}").'
