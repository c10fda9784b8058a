"""Points for an accuracy that the judge has measured itself, and what was claimed beside it."""

from __future__ import annotations

from collections.abc import Callable
from math import floor, sqrt

from autograder.judge.trial import Trial

BANDS = ((0.97, 0.8), (0.90, 0.6), (0.75, 0.4), (0.50, 0.2))
"""How much of the way from chance to the target was gone, and the share which that earns."""

CHANCE = 4.5
"""Standard errors by which a claim that costs points must be off."""


def credit(
    t: Trial,
    measured: float | Callable[[], float],
    target: float,
    n: int,
    points: float,
    *,
    chance: float = 0.1,
    name: str = "accuracy on images it has not seen",
    needs: str | None = None,
) -> float | None:
    """A part of `points` for an accuracy measured on `n` images; returns the accuracy.

    `measured` is the accuracy (0 to 1) or a function that measures it: what that misses
    costs this part alone, and None is returned. Full points from `target` less two standard
    errors of the binomial distribution, as a model that is exactly as good as the target gets
    in 97 of 100 draws of the images, or more. Below that `BANDS`. `chance` is the accuracy of
    guessing, from which the way to the target is counted.
    """
    accuracy = None
    with t.part(name, points, needs=needs):
        accuracy = measured() if callable(measured) else measured
        share = share_of(accuracy, target, n, chance)
        t.earn(share, f"{accuracy:.1%} of {n} images; the goal is {target:.1%}")
        if 0 < share < 1:
            t.say(f"part of the points: this is {_way(accuracy, target, chance):.0%} of the way")
    return accuracy


def share_of(accuracy: float, target: float, n: int, chance: float = 0.1) -> float:
    """The share of the points (0 to 1) that an accuracy on `n` images earns. See `credit`."""
    right = accuracy * n + 1e-6  # a whole number, but for its last bits
    if right >= least_right(target, n):
        return 1.0
    way = _way(accuracy, target, chance)
    return next((share for least, share in BANDS if way >= least - 1e-9), 0.0)


def least_right(target: float, n: int) -> int:
    """Of `n` images, how many must be right for full points.

    Rounded down: near 100 % the distribution leans, and a whole image more makes up for it.
    """
    return floor(n * (target - 2 * standard_error(target, n)))


def claims_agree(t: Trial, claimed: float, measured: float, n: int, what: str = "accuracy") -> bool:
    """Whether a claimed accuracy is within three standard errors of the one measured on `n`.

    If it is not, student and instructor are told. It costs nothing: a notebook may be older
    than its weights, and other test images may be a little easier.
    """
    likely = min(max(measured, 1 / n), 1 - 1 / n)  # at 0 and 1 there would be no error at all
    if abs(claimed - measured) <= 3 * standard_error(likely, n):
        return True
    t.say(
        f"your notebook says {what} {claimed:.1%}, but {measured:.1%} was measured with the "
        "weights that you handed in. Were they saved before you trained again?"
    )
    t.flag(f"{what}: claimed {claimed:.1%}, measured {measured:.1%} on {n} images")
    return False


def by_chance(accuracy: float, *counts: int) -> float:
    """How far two measurements of one accuracy, on so many images each, may lie apart.

    4.5 standard errors of their difference: of 100,000 honest claims one lies beyond.
    """
    return CHANCE * sqrt(sum(standard_error(accuracy, n) ** 2 for n in counts))


def standard_error(accuracy: float, n: int) -> float:
    """Of an accuracy measured on `n` independent images: √(p (1 − p) / n)."""
    return sqrt(accuracy * (1 - accuracy) / n)


def _way(accuracy: float, target: float, chance: float) -> float:
    return (accuracy - chance) / (target - chance)
