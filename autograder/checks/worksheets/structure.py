"""Does a graph compute the stated function? Any equivalent graph is accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from autograder.checks.worksheets.calculus import evaluate
from autograder.checks.worksheets.task import Task
from autograder.judge.trial import Trial
from chainrule.worksheets import Graph

TRIES = 24
"""Random points at which a graph is compared with the function: a ReLU on one number is idle at
every second, a logarithm of one is undefined there."""

RTOL = 1e-9

MILESTONE_SHARE = 0.7
"""What a wrong graph can earn at most by the milestones it reaches."""

ALLOWED_SHARE = 0.25
"""The share of the structure's points that goes with using only the allowed operations."""


@dataclass(frozen=True)
class Recognition:
    """How a graph relates to the function it should compute.

    `right` if it computes it; else `share` (0 to 1) says how much of it is
    there and `messages` say what is not. `output` is the node that stands for
    the function's value; None if the graph has several ends and none of them
    can be told to be it. `whole` if the graph is all there, up to a slip.
    """

    right: bool
    share: float
    messages: tuple[str, ...] = ()
    output: str | None = None
    whole: bool = False
    foreign: bool = False


def mark_structure(graph: Graph, task: Task, t: Trial, points: float) -> None:
    """Two parts: the graph computes the function, and it uses the allowed operations only."""
    recognition = recognise(graph, task, t.rng)
    function = "computes the stated function"
    with t.part(function, points * (1 - ALLOWED_SHARE)):
        t.earn(recognition.share, *recognition.messages)
    with t.part("allowed operations only", points * ALLOWED_SHARE, needs=function):
        wrong = [node for node in graph.nodes if node.op not in (*task.allowed, "input")]
        if wrong:
            names = ", ".join(f"{node.id} ({node.op})" for node in wrong)
            t.miss(f"this question allows {_operations(task)}; please rebuild {names} from those")
        if not recognition.whole:
            # Few operations are easily all allowed: the part grows with the graph.
            t.earn(recognition.share / MILESTONE_SHARE)


def recognise(graph: Graph, task: Task, rng: np.random.Generator) -> Recognition:
    """Compare a student's graph with the task's function at random points."""
    messages = []
    steps = [node for node in graph.nodes if not node.is_leaf]
    if not steps:
        return Recognition(False, 0.0, ("the graph has no operation",), foreign=True)
    outputs = [node.id for node in graph.sinks if not node.is_leaf]
    if len(outputs) > 1:
        messages.append(
            f"the graph has {len(outputs)} ends ({', '.join(outputs)}); a function has one output"
        )
    points = [task.random_leaves(rng) for _ in range(TRIES)]
    names = [node.id for node in graph.nodes if node.op == "input"]
    for name in sorted(set(task.given) - set(names)):
        messages.append(f"the input {name} does not occur")
    strangers = [name for name in names if name not in task.given]
    for name in strangers:
        if graph[name].value is None:
            messages.append(
                f"{name} is not an input of the function; write a fixed number as a constant"
            )
    computed = [_values(graph, point, rng) for point in points]
    if None in computed:
        clash = "shapes do not fit: the graph cannot be evaluated"
        return Recognition(False, 0.0, (*messages, clash), foreign=True)
    wanted = [evaluate(task.graph, point) for point in points]
    for output in outputs:
        if _same(computed, output, wanted, task.output.id):
            if len(outputs) == 1:
                return Recognition(True, 1.0, output=output, whole=True)
            # The right graph with a loose end beside it: one slip, named above.
            return Recognition(False, 0.8, tuple(messages), output, whole=True)
    for slip in task.slips:
        (sink,) = [node for node in slip.graph.sinks if not node.is_leaf]
        slipped = [evaluate(slip.graph, point) for point in points]
        for output in outputs:
            if _same(computed, output, slipped, sink.id):
                return Recognition(False, slip.share, (*messages, slip.words), output, whole=True)
    reached = [
        words
        for name, words in task.milestones.items()
        if any(_same(computed, node.id, wanted, name) for node in steps)
    ]
    if reached:
        messages.append(f"right so far: {', '.join(reached)}; what follows is another function")
    else:
        messages.append("the graph computes another function")
    share = MILESTONE_SHARE * len(reached) / len(task.milestones)
    output = outputs[0] if len(outputs) == 1 else None
    foreign = not reached and not any(_is_kin(graph, task, end, rng) for end in outputs)
    return Recognition(False, share, tuple(messages), output, foreign=foreign)


def _is_kin(graph: Graph, task: Task, output: str, rng: np.random.Generator) -> bool:
    """Whether a graph that reaches no milestone is still the function's, with an early slip in it.

    It has most of the reference's operations, and every input matters to its
    output: a graph that was only made easy to work out does not pass.
    """
    asked = Counter(node.op for node in task.graph.nodes if not node.is_leaf)
    drawn = Counter(node.op for node in graph.nodes)
    if 2 * (asked & drawn).total() <= asked.total():
        return False
    return all(
        _matters(name, graph, task, output, rng) for name in task.given if name not in task.fixed
    )


def _matters(name: str, graph: Graph, task: Task, output: str, rng: np.random.Generator) -> bool:
    """Whether the output changes with an input at any of the random points."""
    if name not in graph:
        return False
    for _ in range(TRIES):
        point = task.random_leaves(rng)
        moved = {**point, name: task.random_leaves(rng)[name]}
        before, after = (_values(graph, leaves, rng) for leaves in (point, moved))
        if not np.allclose(before[output], after[output], equal_nan=True):
            return True
    return False


def _values(
    graph: Graph, leaves: Mapping[str, np.ndarray], rng: np.random.Generator
) -> dict[str, np.ndarray] | None:
    """The graph's values; None if shapes clash. Inputs the task does not know: as written."""
    own = dict(leaves)
    for node in graph.nodes:
        if node.op == "input" and node.id not in own:
            own[node.id] = rng.standard_normal() if node.value is None else node.value
    try:
        return evaluate(graph, own)
    except (ValueError, IndexError):
        return None


def _same(ours: list[dict], our_node: str, theirs: list[dict], their_node: str) -> bool:
    """Whether two nodes agree at every point, and at one of them with numbers.

    A slip may be undefined at some points (the logarithm of a logit); a graph
    that makes it is undefined at the same ones.
    """
    finite = 0
    for mine, yours in zip(ours, theirs, strict=True):
        a, b = np.squeeze(mine[our_node]), np.squeeze(yours[their_node])
        if a.shape != b.shape or np.all(np.isfinite(a)) != np.all(np.isfinite(b)):
            return False
        if not np.all(np.isfinite(a)):
            continue
        finite += 1
        scale = float(np.max(np.abs(b), initial=0.0))
        if not np.allclose(a, b, rtol=RTOL, atol=RTOL * scale):
            return False
    return finite > 0


def _operations(task: Task) -> str:
    from chainrule.worksheets.operations import OPERATIONS

    return ", ".join(name for name in OPERATIONS if name in task.allowed)
