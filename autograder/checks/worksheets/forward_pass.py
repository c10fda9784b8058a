"""Marking of forward values, node by node, with follow-through."""

from __future__ import annotations

import numpy as np

from autograder.checks.worksheets.follow import Ground, ground
from autograder.checks.worksheets.rounding import agrees, show
from autograder.checks.worksheets.structure import Recognition, recognise
from autograder.checks.worksheets.task import Task
from autograder.judge.trial import Trial
from chainrule.worksheets import Graph, Node

RESULT_SHARE = 0.2
"""The share of the points that goes with the right final value; the rest is shared by the nodes."""

CANCELLING = frozenset({"add", "subtract", "add_constant", "matmul", "log", "cross_entropy"})
"""Operations whose result can be float noise beside their inputs. Elsewhere a tiny result is a
result: e^(−27) is not 0, however large 27 is."""


def mark_values(graph: Graph, task: Task, t: Trial, points: float) -> None:
    """Two parts: every value follows from the values before it, and the result is right."""
    recognition = recognise(graph, task, t.rng)
    base = ground(graph, task)
    steps = [node for node in graph.nodes if not node.is_leaf]
    nodes = "each value follows from its inputs"
    with t.part(nodes, points * (1 - RESULT_SHARE)):
        if base is None:
            t.miss("shapes do not fit: no value follows from another")
        for node in graph.nodes:
            if node.op == "input" and node.id in task.given and node.value is not None:
                given = task.leaves[node.id]
                if not agrees(np.asarray(node.value, dtype=float), given):
                    t.say(
                        f"{node.id}: the question gives {show(given)}, you wrote {_written(node)}"
                    )
        right = 0
        for node in steps:
            message = _judge(node, base)
            if message is None:
                right += 1
            else:
                t.say(message)
        earn_by_node(t, right, len(steps), task.fewest, recognition)
    with t.part("the result", points * RESULT_SHARE, needs=nodes):
        outputs = [node for node in graph.sinks if not node.is_leaf]
        missed = []
        if not _stands(task.truth[task.output.id], outputs):
            missed.append(f"the function's value is {show(task.truth[task.output.id])}")
        for name in task.results:
            if not _stands(task.truth[name], steps):
                missed.append(f"{task.milestones[name]} is {show(task.truth[name])}")
        t.earn(1 - len(missed) / (1 + len(task.results)), *missed)


def _stands(result: np.ndarray, nodes: list[Node]) -> bool:
    """Whether one of the nodes has this value."""
    return any(
        node.value is not None and agrees(np.asarray(node.value, dtype=float), result)
        for node in nodes
    )


def earn_by_node(t: Trial, right: int, total: int, fewest: int, known: Recognition) -> None:
    """Nodes share the points; a wrong graph with less in it than a right one cannot earn them all.

    A graph of something else earns nothing for its numbers. One with a slip in its first step
    is charged where the graph is marked, and its numbers count.
    """
    if known.right:
        fewest = total
    if total < fewest:
        t.say(f"{total} numbers to work out; the stated function has at least {fewest}")
    if known.foreign:
        t.say(
            "an input makes no difference to the graph, or most steps of the stated function are "
            "missing, so its numbers earn nothing"
        )
    t.earn(0.0 if known.foreign else right / max(total, fewest))


def _judge(node: Node, base: Ground) -> str | None:
    """None if the node's value is right, else what to tell the student."""
    expected = base.following[node.id]
    inputs = [base.own[name] for name in node.inputs]
    if node.value is None:
        return f"{node.id}: no value written"
    written = np.asarray(node.value, dtype=float)
    terms = 0.0
    if node.op in CANCELLING:
        terms = max((float(np.max(np.abs(entry), initial=0.0)) for entry in inputs), default=0.0)
    if agrees(written, expected, terms) or agrees(written, base.exact[node.id], terms):
        return None
    sources = " and ".join(
        f"{name} = {show(value)}" for name, value in zip(node.inputs, inputs, strict=True)
    )
    hint = " (the sign)" if agrees(-written, expected, terms) else ""
    return (
        f"{node.id}: from your {sources}, {node.op.replace('_', ' ')}"
        f"{'' if node.constant is None else f' ({node.constant:g})'} gives {show(expected)}, "
        f"you wrote {_written(node)}{hint}"
    )


def _written(node: Node) -> str:
    return show(np.asarray(node.value, dtype=float))
