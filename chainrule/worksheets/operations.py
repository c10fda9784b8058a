"""The operations a worksheet may use: their names, their signs and the shapes they take.

There is no arithmetic here on purpose. The worksheet draws what a student
writes and never works an answer out; the formulas of values and gradients
live with the checks, on the instructor's side.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chainrule.worksheets.errors import WorksheetError

Shape = tuple[int, ...]
"""The shape of a value: () for a number, (n,) for a vector, (rows, columns) for a matrix."""


@dataclass(frozen=True)
class Operation:
    """One kind of node.

    `symbol` is what the figure shows; a `{c}` in it stands for the node's
    constant. `fewest` and `most` bound the number of inputs (`most` is None
    when there is no bound). `shape` maps the inputs' shapes to the result's
    and raises WorksheetError, without the node's name, when they do not fit.
    """

    name: str
    symbol: str
    fewest: int
    most: int | None
    shape: Callable[[list[Shape]], Shape]
    has_constant: bool = False
    in_order: bool = False

    def arity(self) -> str:
        """The number of inputs in words, for messages."""
        if self.most is None:
            return f"{self.fewest} or more inputs"
        return "1 input" if self.fewest == 1 else f"{self.fewest} inputs"


def describe(shape: Shape) -> str:
    """A shape in a student's words: 'a number', 'a vector of 3', 'a 2×3 matrix'."""
    if shape == ():
        return "a number"
    if len(shape) == 1:
        return f"a vector of {shape[0]}"
    return "a " + "×".join(map(str, shape)) + " matrix"


def _elementwise(shapes: list[Shape]) -> Shape:
    arrays = [shape for shape in shapes if shape != ()]
    for shape in arrays:
        if shape != arrays[0]:
            raise WorksheetError(
                f"its inputs must have the same shape, but one is {describe(arrays[0])} "
                f"and another is {describe(shape)}"
            )
    return arrays[0] if arrays else ()


def _matmul(shapes: list[Shape]) -> Shape:
    left, right = shapes
    if not left or not right:
        raise WorksheetError("a matrix product needs a vector or a matrix on both sides")
    inner = right[0]
    if left[-1] != inner:
        raise WorksheetError(
            f"the columns of the first input must match the rows of the second: "
            f"{describe(left)} times {describe(right)} does not fit"
        )
    return left[:-1] + right[1:]


def _to_number(shapes: list[Shape]) -> Shape:
    return ()


def _vector_only(shapes: list[Shape]) -> Shape:
    (shape,) = shapes
    if shape == ():
        raise WorksheetError("softmax turns a vector of scores into probabilities; got one number")
    return shape


def _cross_entropy(shapes: list[Shape]) -> Shape:
    probabilities, target = shapes
    if target not in (probabilities, ()):
        raise WorksheetError(
            f"the target must be a class number or have the shape of the probabilities "
            f"({describe(probabilities)}); got {describe(target)}"
        )
    return ()


def _leaf(shapes: list[Shape]) -> Shape:
    raise AssertionError("an input takes its shape from its own value")


OPERATIONS: dict[str, Operation] = {
    operation.name: operation
    for operation in (
        Operation("input", "", 0, 0, _leaf),
        Operation("constant", "{c}", 0, 0, _to_number, has_constant=True),
        Operation("add", "+", 2, None, _elementwise),
        Operation("subtract", "−", 2, 2, _elementwise, in_order=True),
        Operation("multiply", "×", 2, None, _elementwise),
        Operation("divide", "÷", 2, 2, _elementwise, in_order=True),
        Operation("negate", "×(−1)", 1, 1, _elementwise),
        Operation("add_constant", "{c:+}", 1, 1, _elementwise, has_constant=True),
        Operation("multiply_constant", "×{c}", 1, 1, _elementwise, has_constant=True),
        Operation("reciprocal", "1/x", 1, 1, _elementwise),
        Operation("exp", "exp", 1, 1, _elementwise),
        Operation("log", "log", 1, 1, _elementwise),
        Operation("power", "x^{c}", 1, 1, _elementwise, has_constant=True),
        Operation("relu", "ReLU", 1, 1, _elementwise),
        Operation("sigmoid", "σ", 1, 1, _elementwise),
        Operation("max", "max", 2, None, _elementwise),
        Operation("matmul", "@", 2, 2, _matmul, in_order=True),
        Operation("squared_norm", "‖·‖²", 1, 1, _to_number),
        Operation("softmax", "softmax", 1, 1, _vector_only),
        Operation("cross_entropy", "CE", 2, 2, _cross_entropy, in_order=True),
    )
}
"""Every operation by its name. `multiply` of arrays is the elementwise product."""
