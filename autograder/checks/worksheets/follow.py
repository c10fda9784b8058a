"""What follows from a student's own numbers: the ground that values and gradients are marked on.

One slip should cost once. So a number is right if it follows from the
numbers the student wrote before it, or if it is what exact arithmetic gives
on the student's graph (somebody who carries unrounded intermediate results
in a calculator is not wrong).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder.checks.worksheets.calculus import backpropagate, forward, shares, shares_by_output
from autograder.checks.worksheets.task import Task
from chainrule.worksheets import Graph

Numbers = dict[str, np.ndarray]


@dataclass(frozen=True)
class Ground:
    """Expected numbers for a student's graph.

    `own` are the values as written, blanks filled with what follows from
    the student's other numbers; `following` what each node's value should be
    given its written inputs; `exact` the values by exact arithmetic from the
    given inputs. An input is as written only if it is a copy with a slip in it.
    """

    own: Numbers
    following: Numbers
    exact: Numbers


def ground(graph: Graph, task: Task) -> Ground | None:
    """The ground for a graph; None if its shapes clash, so that nothing follows from anything."""
    own: Numbers = {}
    following: Numbers = {}
    exact: Numbers = {}
    copies = _copies(graph, task)
    try:
        for node in graph.nodes:
            written = None if node.value is None else np.asarray(node.value, dtype=float)
            if node.op == "input":
                given = _given(task, node.id, written)
                following[node.id] = exact[node.id] = given
                own[node.id] = written if node.id in copies else given
            else:
                following[node.id] = forward(node, [own[name] for name in node.inputs])
                exact[node.id] = forward(node, [exact[name] for name in node.inputs])
                own[node.id] = following[node.id] if written is None else written
    except (ValueError, IndexError):
        return None
    return Ground(own, following, exact)


def _copies(graph: Graph, task: Task) -> set[str]:
    """Inputs whose written numbers are those of the question, up to a slip in copying.

    At least half of the entries must be right, of an array and of the single
    numbers together, and no 0 may stand where the question has none. Other
    inputs count as given: else a student could choose zeros or ones for them,
    and would have nothing left to work out.
    """
    arrays, single, wrong = set(), set(), 0
    for node in graph.nodes:
        if node.op != "input" or node.id not in task.given or node.value is None:
            continue
        written = np.asarray(node.value, dtype=float)
        given = _given(task, node.id, written)
        zeroed = written.shape != given.shape or np.any((written == 0) & (given != 0))
        if given.ndim == 0:
            wrong += not np.array_equal(written, given)
            if not zeroed:
                single.add(node.id)
        elif not zeroed and np.mean(written == given) >= 0.5:
            arrays.add(node.id)
    singles = sum(np.ndim(given) == 0 for given in task.given.values())
    return arrays | single if 2 * wrong <= singles else arrays


def _given(task: Task, name: str, written: np.ndarray | None) -> np.ndarray:
    """The given number, in the student's layout where that is a column for a vector."""
    given = task.leaves.get(name)
    if given is None:
        return np.asarray(np.nan) if written is None else written
    if written is not None and np.squeeze(written).shape == np.squeeze(given).shape:
        return given.reshape(written.shape)
    return given


@dataclass(frozen=True)
class Backward:
    """Expected gradients for a student's graph.

    `branches` are the shares each consumer passes back, by node, from the
    student's own values and gradients, and `following` their sums;
    `by_output` are the sums with derivatives taken from the consumers' own
    outputs where people do that; `carried` and `carried_by_output` are the
    gradients by exact arithmetic from the student's own values, `exact` from
    the given inputs.
    """

    branches: dict[str, list[tuple[str, np.ndarray]]]
    following: Numbers
    by_output: Numbers
    carried: Numbers
    carried_by_output: Numbers
    exact: Numbers

    def expected(self, name: str) -> tuple[np.ndarray, ...]:
        """The gradients that count as right for a node, the first being the one to show.

        Besides what follows from the gradients after it, the true gradient at
        the student's values is right: who takes p − y at the logits has not
        used what stands at the softmax, right or wrong.
        """
        return (
            self.following[name],
            self.by_output[name],
            self.carried[name],
            self.carried_by_output[name],
            self.exact[name],
        )


def backward_ground(graph: Graph, base: Ground, output: str) -> Backward:
    """The ground for gradients, from the output back to the inputs."""
    branches: dict[str, list[tuple[str, np.ndarray]]] = {node.id: [] for node in graph.nodes}
    following: Numbers = {}
    by_output: Numbers = {node.id: np.zeros(base.own[node.id].shape) for node in graph.nodes}
    by_output[output] = np.ones(base.own[output].shape)
    for node in reversed(graph.nodes):
        zero = np.zeros(base.own[node.id].shape)
        following[node.id] = sum((share for _, share in branches[node.id]), zero)
        if node.id == output:
            following[node.id] = np.ones(zero.shape)
        if node.is_leaf:
            continue
        upstream = following[node.id] if node.grad is None else np.asarray(node.grad, float)
        passed = shares(node, [base.own[name] for name in node.inputs], upstream)
        alternative = shares_by_output(node, base.own[node.id], upstream) or passed
        for name, share, other in zip(node.inputs, passed, alternative, strict=True):
            branches[name].append((node.id, share))
            by_output[name] = by_output[name] + other
    return Backward(
        branches,
        following,
        by_output,
        carried=backpropagate(graph, base.own, output),
        carried_by_output=backpropagate(graph, base.own, output, by_output=True),
        exact=backpropagate(graph, base.exact, output),
    )
