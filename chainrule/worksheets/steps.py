"""The steps a graph is built from, one method each."""

from __future__ import annotations

from collections.abc import Callable, Container
from numbers import Real

from chainrule.worksheets.errors import WorksheetError
from chainrule.worksheets.expression import Expression


class Steps:
    """What a worksheet can add to its graph; every call returns the new node.

    The methods are written out, not made from the table of operations, because
    a student reads them: in the list that Tab shows, and in `help`.
    """

    # Adds one node: the worksheet brings it, which holds the nodes.
    _new: Callable[..., Expression]

    def input(self, name: str) -> Expression:
        """A named input of the function: a weight, a bias, a data value."""
        return self._new("input", (), name)

    def inputs(self, *names: str) -> tuple[Expression, ...]:
        """Several inputs at once: `x, w = graph.inputs("x", "w")`."""
        return tuple(self.input(name) for name in names)

    def constant(self, number: float, name: str | None = None) -> Expression:
        """A fixed number as a node of its own."""
        return self._new("constant", (), name, number)

    def add(self, *inputs: Expression, name: str | None = None) -> Expression:
        """The sum of two or more nodes."""
        return self._new("add", inputs, name)

    def subtract(self, a: Expression, b: Expression, name: str | None = None) -> Expression:
        """a − b."""
        return self._new("subtract", (a, b), name)

    def multiply(self, *inputs: Expression, name: str | None = None) -> Expression:
        """The product of two or more nodes; for arrays the product entry by entry."""
        return self._new("multiply", inputs, name)

    def divide(self, a: Expression, b: Expression, name: str | None = None) -> Expression:
        """a ÷ b."""
        return self._new("divide", (a, b), name)

    def negate(self, a: Expression, name: str | None = None) -> Expression:
        """−a."""
        return self._new("negate", (a,), name)

    def add_constant(self, a: Expression, constant: float, name: str | None = None) -> Expression:
        """a plus a fixed number, for example the "+1" of 1 + e^(−z)."""
        return self._new("add_constant", (a,), name, constant)

    def multiply_constant(
        self, a: Expression, constant: float, name: str | None = None
    ) -> Expression:
        """a times a fixed number, for example the "×2" of 2z."""
        return self._new("multiply_constant", (a,), name, constant)

    def reciprocal(self, a: Expression, name: str | None = None) -> Expression:
        """1 / a."""
        return self._new("reciprocal", (a,), name)

    def exp(self, a: Expression, name: str | None = None) -> Expression:
        """e to the a."""
        return self._new("exp", (a,), name)

    def log(self, a: Expression, name: str | None = None) -> Expression:
        """The natural logarithm of a."""
        return self._new("log", (a,), name)

    def power(self, a: Expression, exponent: float, name: str | None = None) -> Expression:
        """a to a fixed power."""
        return self._new("power", (a,), name, exponent)

    def relu(self, a: Expression, name: str | None = None) -> Expression:
        """max(0, a), entry by entry."""
        return self._new("relu", (a,), name)

    def sigmoid(self, a: Expression, name: str | None = None) -> Expression:
        """σ(a) = 1 / (1 + e^(−a)), entry by entry."""
        return self._new("sigmoid", (a,), name)

    def max(self, *inputs: Expression, name: str | None = None) -> Expression:
        """The largest of two or more nodes."""
        return self._new("max", inputs, name)

    def matmul(self, a: Expression, b: Expression, name: str | None = None) -> Expression:
        """The matrix product a b."""
        return self._new("matmul", (a, b), name)

    def squared_norm(self, a: Expression, name: str | None = None) -> Expression:
        """‖a‖², the sum of the squared entries."""
        return self._new("squared_norm", (a,), name)

    def softmax(self, a: Expression, name: str | None = None) -> Expression:
        """The softmax of a vector of scores: positive entries that sum to 1."""
        return self._new("softmax", (a,), name)

    def cross_entropy(
        self, probabilities: Expression, target: Expression, name: str | None = None
    ) -> Expression:
        """−Σ target · log(probabilities); the target is one-hot, or a class number from 0."""
        return self._new("cross_entropy", (probabilities, target), name)


def check_call(
    op: str, inputs: tuple, name: object, constant: object, known: Container[str]
) -> None:
    """Refuse what would be right elsewhere but stands in the wrong place of a step's call."""
    if isinstance(constant, Expression):
        if isinstance(inputs[0], Real):
            raise WorksheetError(
                f"In {op} the node comes first, then the number: "
                f"{op}({constant.name}, {inputs[0]:g})."
            )
        raise WorksheetError(
            f"In {op} the second entry is a fixed number, not the node {constant.name!r}."
        )
    if isinstance(name, Expression):
        raise WorksheetError(
            f"{op} takes {len(inputs)} input{'s' * (len(inputs) > 1)}; "
            f"the node {name.name!r} is one too many."
        )
    last = inputs[-1] if len(inputs) > 1 else None
    if name is None and isinstance(last, str) and last not in known:
        raise WorksheetError(
            f"There is no node {last!r} to put into {op}. If that is to be the name of the "
            f'new node, write name="{last}".'
        )
