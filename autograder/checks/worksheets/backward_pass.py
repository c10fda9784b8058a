"""Marking of gradients, node by node, with follow-through from the student's own numbers."""

from __future__ import annotations

import numpy as np

from autograder.checks.worksheets.follow import Backward, backward_ground, ground
from autograder.checks.worksheets.forward_pass import earn_by_node
from autograder.checks.worksheets.rounding import agrees, show
from autograder.checks.worksheets.structure import recognise
from autograder.checks.worksheets.task import Task
from autograder.judge.trial import Trial
from chainrule.worksheets import Graph, Node

ASKED_SHARE = 0.2
"""The share of the points that goes with the gradients the question asks for being right: right
for the function, or for the student's own forward values, whose slips were paid for there."""

TINY = 1e-6
"""Below this, a 0 is taken for a gradient that somebody rounded away."""

RULES = {
    "relu": "ReLU passes the gradient of {consumer} on where its input is positive, 0 elsewhere",
    "matmul": "at {consumer} = W u the gradient g of {consumer} gives W the matrix g uᵀ and u the "
    "vector Wᵀ g",
    "softmax": "a score moves every entry of {consumer}, so a share comes back from each of them",
    "cross_entropy": "the cross-entropy gives each probability −y/p",
}
"""What to say of a wrong gradient before an operation of vectors, by operation."""


def mark_gradients(graph: Graph, task: Task, t: Trial, points: float) -> None:
    """Two parts: every gradient follows from the one after it, and those asked for are right."""
    recognition = recognise(graph, task, t.rng)
    base = ground(graph, task)
    output = recognition.output
    back = None
    nodes = "each gradient follows from the gradients after it"
    with t.part(nodes, points * (1 - ASKED_SHARE)):
        if base is None:
            t.miss("shapes do not fit: no gradient follows from another")
        if output is None:
            t.miss("the graph has no single output to take gradients of")
        back = backward_ground(graph, base, output)
        behind = _behind(graph, output)
        judged = [n for n in graph.nodes if n.id in (task.asked if n.is_leaf else behind)]
        earned: set[str] = set()
        messages = []
        # From the output back, so that what a node follows from is judged before it.
        for node in reversed(judged):
            message = _judge(node, graph, back, output, earned)
            if message is None:
                earned.add(node.id)
            else:
                messages.append(message)
        for message in messages:
            t.say(message)
        right = len(earned)
        earn_by_node(t, right, len(judged), task.fewest + len(task.asked), recognition)
    with t.part("the gradients asked for", points * ASKED_SHARE, needs=nodes):
        if back is None:
            t.miss("there is nothing to compare them with")
        missed = []
        for name in task.asked:
            if name not in graph or graph[name].grad is None:
                missed.append(f"{name}: no gradient written")
                continue
            written = np.asarray(graph[name].grad, dtype=float)
            right = (task.gradients[name], back.carried[name], back.carried_by_output[name])
            if not any(agrees(written, gradient) for gradient in right):
                missed.append(
                    f"{name}: from your values the gradient is {show(back.carried[name])}, "
                    f"you wrote {show(written)}"
                )
        t.earn(1 - len(missed) / len(task.asked), *missed)


def _behind(graph: Graph, output: str) -> set[str]:
    """The output and every node that leads to it: a loose end is no part of the backward pass."""
    behind = {output}
    for node in reversed(graph.nodes):
        if node.id in behind:
            behind.update(node.inputs)
    return behind


def _judge(node: Node, graph: Graph, back: Backward, output: str, earned: set[str]) -> str | None:
    """None if the node's gradient is right, else what to tell the student."""
    if node.grad is None:
        return f"{node.id}: no gradient written"
    written = np.asarray(node.grad, dtype=float)
    branches = back.branches[node.id]
    terms = max((float(np.max(np.abs(share), initial=0.0)) for _, share in branches), default=0.0)
    if any(agrees(written, expected, terms) for expected in back.expected(node.id)):
        lost = _empty_zero(node, graph, back, earned)
        return lost and f"{node.id}: 0 follows from the 0 you wrote for {lost}, which is not right"
    expected = back.following[node.id]
    return (
        f"{node.id}: {_reason(node, written, expected, branches, graph, output)}; "
        f"you wrote {show(written)}, expected {show(expected)}"
    )


def _empty_zero(node: Node, graph: Graph, back: Backward, earned: set[str]) -> str | None:
    """The consumer whose wrong 0 made this gradient 0, if that is all there is to it.

    Follow-through must not pay for a page of zeros: a 0 that comes from a
    wrong 0 shows no work. A 0 that comes from a switched-off ReLU does.
    """
    if np.any(np.asarray(node.grad, dtype=float)) or not np.any(back.exact[node.id]):
        return None
    for consumer in graph.consumers(node.id):
        written = consumer.grad
        if written is not None and not np.any(written) and consumer.id not in earned:
            return consumer.id
    return None


def _reason(
    node: Node,
    written: np.ndarray,
    expected: np.ndarray,
    branches: list[tuple[str, np.ndarray]],
    graph: Graph,
    output: str,
) -> str:
    """The likeliest way to the wrong number, in words a student learns from."""
    if node.id == output:
        return "the output's gradient with respect to itself is 1"
    if not np.any(written) and np.max(np.abs(expected)) < TINY:
        return "tiny is not zero"
    if not branches:
        return f"no node of your graph uses it, so {output} does not depend on it"
    if agrees(-written, expected):
        return "the sign is turned"
    if len(branches) > 1:
        for consumer, share in branches:
            if agrees(written, share):
                return (
                    f"it feeds {' and '.join(name for name, _ in branches)}, and the gradients of "
                    f"all branches add; you counted only the one through {consumer}"
                )
        return f"the gradients that come back through {', '.join(n for n, _ in branches)} add up"
    (consumer, _share), *_ = branches
    upstream = graph[consumer].grad
    if upstream is not None:
        upstream = np.asarray(upstream, dtype=float)
        if upstream.ndim == 0 and agrees(written * upstream, expected):
            return f"this is the local derivative; multiply it by the gradient of {consumer}"
        if agrees(written, upstream):
            return (
                f"this is the gradient of {consumer} itself; multiply it by the local derivative "
                f"of {graph[consumer].op.replace('_', ' ')}"
            )
    if written.ndim == 2 and agrees(written.T, expected):
        return "the matrix is transposed"
    rule = RULES.get(
        graph[consumer].op, "take the gradient of {consumer} times the local derivative"
    )
    return rule.format(consumer=consumer)
