"""What training has done to a student's own model, read from its weights before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.judge.models import Module
from autograder.judge.trial import Trial

State = Mapping[str, np.ndarray]


def changed(before: State, after: State) -> set[str]:
    """The names of the tensors that differ in any bit, or are in one state only."""
    names = before.keys() | after.keys()
    return {name for name in names if not _same(before.get(name), after.get(name))}


def only_these_changed(
    t: Trial,
    before: State,
    after: State,
    learned: Callable[[str], bool],
    points: float,
    name: str = "the frozen layers are bit by bit as they were",
    needs: str | None = None,
) -> None:
    """A part: every tensor that `learned` names has changed, and no other parameter has.

    Half for each. Both are values: whatever a process says, these weights it must show.
    """
    moved = changed(before, after)
    wanted = {key for key in before if learned(key)}
    with t.part(name, points, needs=needs) as part:
        wrong, missing = sorted(moved - wanted), sorted(wanted - moved)
        part.share = 0.5 * (not wrong) + 0.5 * (not missing and bool(wanted))
        if not moved:
            part.share = 0.0
            t.say("no weight has changed: was anything trained in between?")
        elif wrong:
            t.say(
                f"{_some(wrong)} changed as well: give the optimizer the parameters that are to "
                "learn, or set `requires_grad_(False)` on the others"
            )
        if moved and missing:
            t.say(f"{_some(missing)} should have learned, but did not change")


def gives_logits(
    t: Trial,
    net: Module,
    images: np.ndarray,
    points: float,
    name: str = "logits, not probabilities",
    needs: str | None = None,
) -> None:
    """A part: the model's rows are no probabilities: the cross-entropy has the softmax in it."""
    with t.part(name, points, needs=needs):
        rows = net.logits(images)
        if not np.all(np.isfinite(rows)):
            t.miss("some logits are infinite or no numbers (nan)")
        sums = rows.sum(axis=-1)
        if np.all(rows >= 0) and np.allclose(sums, 1, atol=1e-3):
            t.miss("each row adds up to 1: leave the softmax out, the loss has one inside")
        if np.all(rows <= 0) and np.allclose(np.exp(rows).sum(axis=-1), 1, atol=1e-3):
            t.miss("these are logarithms of probabilities: leave the log-softmax out, too")


def _same(first: np.ndarray | None, second: np.ndarray | None) -> bool:
    if first is None or second is None or first.dtype != second.dtype:
        return False
    return first.shape == second.shape and first.tobytes() == second.tobytes()


def _some(names: list[str]) -> str:
    return ", ".join(names[:4]) + (" …" if len(names) > 4 else "")
