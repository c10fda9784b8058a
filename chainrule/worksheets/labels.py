"""What stands in a figure, as text: numbers, names and signs of operations.

A label is a tuple of runs, because a figure needs small raised and lowered
characters (10⁻¹², w₁) and the same text must come out of the PNG, the SVG and
a screen reader. Nothing here knows about fonts or coordinates.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from chainrule.worksheets.graph import Graph, Node
from chainrule.worksheets.operations import describe
from chainrule.worksheets.values import Value, shape_of

DIGITS = 4
"""Significant digits shown of a number that is not whole."""

MOST_ROWS = 6
"""An array with more rows or columns than this is shown with dots in the middle."""

_RAISED = str.maketrans("0123456789−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@dataclass(frozen=True)
class Run:
    """Characters in one style. `shift` is 1 for raised, −1 for lowered, 0 for neither."""

    text: str
    shift: int = 0
    italic: bool = False


Label = tuple[Run, ...]

DOTS_DOWN: Label = (Run("⋮"),)
DOTS_ACROSS: Label = (Run("⋯"),)


def plain(label: Label) -> str:
    """The characters of a label, without their styles."""
    return "".join(run.text for run in label)


def number_text(number: float) -> str:
    """A number on one line, '0.25' or '1.88·10⁻¹²', with a true minus sign."""
    digits, exponent = _parts(number)
    return digits if exponent is None else digits + exponent.translate(_RAISED)


def number_label(number: float, italic: bool = False) -> Label:
    """A number as `number_text` has it, its power of ten in a raised run."""
    digits, exponent = _parts(number)
    if exponent is None:
        return (Run(digits, 0, italic),)
    return (Run(digits, 0, italic), Run(exponent, 1, italic))


def _parts(number: float) -> tuple[str, str | None]:
    """The digits, '1.88·10' where a power of ten follows, and the exponent or None."""
    if number == 0:
        return "0", None
    size = math.floor(math.log10(abs(number)))
    if number == int(number) and size < 7:
        return _minus(str(int(number))), None
    if -4 <= size < 7:
        return _minus(_trimmed(f"{number:.{max(0, DIGITS - 1 - size)}f}")), None
    digits, exponent = f"{number:.{DIGITS - 1}e}".split("e")
    digits = _trimmed(digits)
    tens = {"1": "10", "-1": "-10"}.get(digits, digits + "·10")
    return _minus(tens), _minus(str(int(exponent)))


def _minus(digits: str) -> str:
    return digits.replace("-", "−")


def _trimmed(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def array_labels(value: tuple, italic: bool = False) -> list[list[Label]]:
    """The entries of a vector (one column) or matrix, row by row.

    The entries of a column get the same number of decimals, so that their
    points line up when they are set flush right. Large arrays are cut to
    MOST_ROWS rows and columns with dots.
    """
    rows = [row if isinstance(row, tuple) else (row,) for row in value]
    columns = [_column([row[j] for row in rows], italic) for j in range(len(rows[0]))]
    columns = [_cut(column, DOTS_DOWN) for column in columns]
    dots = [DOTS_ACROSS] * len(columns[0])
    columns = _cut(columns, dots)
    return [list(row) for row in zip(*columns, strict=True)]


def _column(numbers: list[float], italic: bool) -> list[Label]:
    parts = [_parts(number) for number in numbers]
    if any(exponent is not None for _, exponent in parts):
        return [number_label(number, italic) for number in numbers]
    decimals = max(len(digits.partition(".")[2]) for digits, _ in parts)
    return [(Run(_padded(digits, decimals), 0, italic),) for digits, _ in parts]


def _padded(digits: str, decimals: int) -> str:
    missing = decimals - len(digits.partition(".")[2])
    return digits + ("." if "." not in digits and decimals else "") + "0" * missing


def _cut(entries: list, dots: object) -> list:
    if len(entries) <= MOST_ROWS:
        return entries
    return [*entries[: MOST_ROWS - 2], dots, entries[-1]]


def value_text(value: Value | None) -> str:
    """A value in words: '3', '[1, 2]', 'blank', or its shape where it is too large to read out."""
    if value is None:
        return "blank"
    if not isinstance(value, tuple):
        return number_text(value)
    shape = shape_of(value)
    if max(shape) > MOST_ROWS:
        return describe(shape)
    return "[" + ", ".join(value_text(entry) for entry in value) + "]"


def name_label(name: str) -> Label:
    """A node's name as mathematics has it: one letter italic, what follows lowered.

    x1, x_1 and W2 get a lowered index; longer names stay upright as they are.
    """
    indexed = re.fullmatch(r"([^\W\d_])(\d+)", name) or re.fullmatch(
        r"([^\W_]{1,2})_([^\W_]\w{0,5})|([^\W_]+)_([^\W_]{1,3})", name
    )
    if indexed:
        base, index = (part for part in indexed.groups() if part is not None)
        return (Run(base, 0, len(base) == 1), Run(index.strip("_").replace("_", ","), -1))
    return (Run(name, 0, len(name) == 1),)


def symbol_label(node: Node) -> Label:
    """What stands in the node: the sign of its operation, with its constant."""
    if node.op == "reciprocal":
        return (Run("1/"), Run("x", 0, True))
    if node.constant is None:
        return (Run(node.operation.symbol),)
    number = number_label(node.constant)
    if node.op == "power":
        return (Run("x", 0, True), Run(number_text(node.constant), 1))
    if node.op == "add_constant":
        return number if node.constant < 0 else (Run("+"), *number)
    if node.op == "multiply_constant":
        bare = node.constant >= 0
        return (Run("×"), *number) if bare else (Run("×("), *number, Run(")"))
    return number


def formula(node: Node) -> str:
    """What a node does in a line of text: 'x + y', 'exp(p1)', '1 / s'."""
    between = {"add": "+", "subtract": "−", "multiply": "×", "divide": "÷", "matmul": "@"}
    if node.op in between:
        return f" {between[node.op]} ".join(node.inputs)
    a = node.inputs[0] if node.inputs else ""
    c = 0.0 if node.constant is None else node.constant
    special = {
        "constant": number_text(c),
        "negate": f"−{a}",
        "add_constant": f"{a} {'+' if c >= 0 else '−'} {number_text(abs(c))}",
        "multiply_constant": f"{number_text(c)} × {a}",
        "reciprocal": f"1 / {a}",
        "power": f"{a} to the power {number_text(c)}",
        "squared_norm": f"‖{a}‖²",
    }
    return special.get(node.op) or f"{node.operation.symbol}({', '.join(node.inputs)})"


@dataclass(frozen=True)
class Written:
    """Which of a node's two labels the figure has, blank or written."""

    value: bool
    grad: bool


def shown(graph: Graph) -> dict[str, Written]:
    """For each node, whether its value and its gradient have a place in the figure.

    A kind that is written nowhere is left out, so that a graph without
    numbers is a clean drawing; once one is written, the others show as blanks.
    Fixed numbers have no blanks, and neither has the gradient of a target
    that only a cross-entropy compares with.
    """
    values = any(node.value is not None for node in graph.nodes)
    grads = any(node.grad is not None for node in graph.nodes)
    result = {}
    for node in graph.nodes:
        uses = graph.consumers(node.id)
        target = (
            node.is_leaf
            and bool(uses)
            and all(use.op == "cross_entropy" and use.inputs[0] != node.id for use in uses)
        )
        fixed = node.op == "constant"
        result[node.id] = Written(
            node.value is not None or (values and not fixed),
            node.grad is not None or (grads and not fixed and not target),
        )
    return result
