"""What a worksheet question asks for, as its author states it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from autograder.checks.worksheets.calculus import backpropagate, evaluate
from chainrule.worksheets import Graph, Node, Worksheet

ARITHMETIC = frozenset(
    [
        "add",
        "subtract",
        "multiply",
        "divide",
        "negate",
        "add_constant",
        "multiply_constant",
        "reciprocal",
        "constant",
    ]
)
"""Operations that count as plus, minus, times and divided by."""


@dataclass(frozen=True)
class GraphSlip:
    """A wrong graph that students really draw: in words, drawn out, and what it still earns."""

    words: str
    worksheet: Worksheet
    share: float

    @property
    def graph(self) -> Graph:
        return self.worksheet.graph()


@dataclass(frozen=True)
class Task:
    """A function to be drawn, evaluated and differentiated as a computation graph.

    `reference` is one right graph; any equivalent one is as good. `given`
    holds the numbers of the question, by input. `allowed` are the operations
    a student may use. `milestones` names nodes of the reference, in words,
    that show how far a graph that is not right got. `asked` are the inputs
    whose gradients the question wants, `fewest` the number of operations
    below which no right graph can be. `fixed` inputs keep their given value
    when the graph is tried at random points (a one-hot target). `results` are
    nodes of the reference whose values the question asks for by name besides
    the output's (the prediction, where the output is a loss).
    """

    reference: Worksheet
    given: Mapping[str, object]
    allowed: frozenset[str]
    milestones: Mapping[str, str]
    asked: tuple[str, ...]
    fewest: int
    slips: tuple[GraphSlip, ...] = ()
    fixed: frozenset[str] = field(default_factory=frozenset)
    results: tuple[str, ...] = ()

    @cached_property
    def graph(self) -> Graph:
        return self.reference.graph()

    @cached_property
    def leaves(self) -> dict[str, np.ndarray]:
        """The given numbers as arrays."""
        return {name: np.asarray(value, dtype=float) for name, value in self.given.items()}

    @cached_property
    def output(self) -> Node:
        (sink,) = [node for node in self.graph.sinks if not node.is_leaf]
        return sink

    @cached_property
    def truth(self) -> dict[str, np.ndarray]:
        """The right value of every node of the reference, at the given numbers."""
        return evaluate(self.graph, self.leaves)

    @cached_property
    def gradients(self) -> dict[str, np.ndarray]:
        """The right gradient of every node of the reference, at the given numbers."""
        return backpropagate(self.graph, self.truth, self.output.id)

    def random_leaves(self, rng: np.random.Generator) -> dict[str, np.ndarray]:
        """Random inputs of the given shapes, between −1.5 and 1.5."""
        return {
            name: value if name in self.fixed else rng.uniform(-1.5, 1.5, value.shape)
            for name, value in self.leaves.items()
        }
