"""A node in a student's hands, and the signs it answers to."""

from __future__ import annotations

from numbers import Real
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chainrule.worksheets.worksheet import Worksheet


class Expression:
    """A node in a student's hands: pass it to the next operation, or write `+ − * / @ **`.

    Comparison and truth are left alone: an expression is a place in a graph,
    not a number.
    """

    __slots__ = ("_worksheet", "name")

    # NumPy must hand `array @ expression` to us instead of looping over the array.
    __array_ufunc__ = None

    def __init__(self, worksheet: Worksheet, name: str) -> None:
        self._worksheet = worksheet
        self.name = name

    def named(self, name: str) -> Expression:
        """Give this node a name of your own, to write its value and gradient under."""
        self._worksheet._rename(self.name, name)
        self.name = name
        return self

    def __repr__(self) -> str:
        return f"<node {self.name}>"

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

    def __pow__(self, exponent: float) -> Expression:
        return self._worksheet.power(self, exponent)

    def __neg__(self) -> Expression:
        return self._worksheet.negate(self)
