"""Notebook 1: zero and random starts, ReLU and sigmoid, dying ReLUs and the order of the data."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.checks.a03_training_dynamics.numbers import close, named
from autograder.judge.offers import function, value
from autograder.judge.registry import check
from autograder.judge.trial import Slip, Trial

Array = np.ndarray

LAYERS = ("W1", "b1", "W2", "b2", "W3", "b3")

TURNED = "the sign is turned: y − t is 0 − 1"
HALVED = (
    "half of it is missing: the derivative of ½ (y − t)² is y − t, and the slope of tanh at 0 is 1"
)
# What students write for ∂ℓ/∂b3 instead of −1, what it earns, and what to tell them.
LAST_BIAS = (
    (1, 0.5, TURNED),
    (-2, 0.5, "the ½ of the loss is lost: the derivative of ½ (y − t)² is y − t"),
    (-0.5, 0.5, HALVED),
    (2, 0.3, f"{TURNED}; and the ½ of the loss is lost"),
    (0.5, 0.3, f"{TURNED}; and {HALVED}"),
)


# -- part 1: ReLU ---------------------------------------------------------------------------------


@check("relu_gradients", points=0.25, takes=value)
def relu_gradients(answer: object, t: Trial) -> None:
    """At zero y = 0 and t = 1: ∂ℓ/∂b3 = (y − t)(1 − y²) = −1, and every other gradient is 0."""
    last = "b3, the bias of the output"
    with t.part(last, 0.1):
        written = named(answer, LAYERS)["b3"]
        if written is None:
            t.miss("b3 is missing, or is no single number")
        if close(written, 0):
            t.miss("δ₃ = (y − t)(1 − y²) is not 0: y = tanh(0) = 0, but t is 1")
        slips = [slip for number, *slip in LAST_BIAS if close(written, number)]
        if slips:
            t.earn(*slips[0])
        elif not close(written, -1):
            t.miss(f"{written:g} is not (y − t)(1 − y²) at y = tanh(0) = 0 and t = 1")
    reasons = {
        "W3": "∂ℓ/∂W3 = h2ᵀ δ₃, and h2 = ReLU(0) = 0",
        "W2 and b2": "δ₂ = (δ₃ W3ᵀ) ⊙ a′(z2), and W3 = 0",
        "W1 and b1": "δ₁ = (δ₂ W2ᵀ) ⊙ a′(z1), and W2 = 0",
    }
    for names, reason in reasons.items():
        with t.part(names, 0.05, needs=last):
            written = named(answer, LAYERS)
            for name in names.split(" and "):
                if not close(written[name], 0):
                    t.miss(f"{name}: {reason}")


@check("relu_plateau", points=0.25, takes=function)
def relu_plateau(answer: Callable, t: Trial) -> None:
    slips = [
        Slip("the ½ of the loss is missing", np.var, 0.6),
        Slip("this is the best c itself; the question asks for the loss there", np.mean, 0.4),
        Slip("this divides by N − 1; the mean loss divides by N", _unbiased, 0.6),
        Slip("this is the sum; the mean loss divides by N", _summed, 0.6),
        Slip("this is the standard deviation, a square root too much", _half_deviation, 0.4),
        Slip("this is the loss at c = 0, and another c does better", _at(lambda y: 0.0), 0.2),
        Slip("this takes the commoner label for c; the mean does better", _at(_commoner), 0.3),
        Slip("this takes the median for c; the mean does better", _at(np.median), 0.3),
    ]
    with t.part("the smallest loss", 0.25):
        t.compare(answer, lambda y: 0.5 * np.var(y), [(y,) for y in _label_sets(t)], slips)


def _label_sets(t: Trial) -> list[Array]:
    """Labels ±1 of two uneven classes, either one the larger, and any numbers.

    The mean of the last ones is no round number, so that nobody finds it who tries some; and they
    lie close together, so that it shows in the loss.
    """
    few, many = t.rng.integers(3, 6), t.rng.integers(9, 14)
    numbers = 0.1 * t.randn(7)
    return [
        t.rng.permutation(np.repeat([1.0, -1.0], [many, few])),
        t.rng.permutation(np.repeat([1.0, -1.0], [few, many])),
        numbers - numbers.mean() + 0.255,
    ]


def _at(constant: Callable) -> Callable:
    return lambda y: 0.5 * np.mean((constant(y) - y) ** 2)


def _commoner(y: Array) -> float:
    return 1.0 if np.sum(y) >= 0 else -1.0


def _unbiased(y: Array) -> float:
    return 0.5 * np.var(y, ddof=1)


def _summed(y: Array) -> float:
    return 0.5 * np.var(y) * y.size


def _half_deviation(y: Array) -> float:
    return 0.5 * np.std(y)


# -- part 2: sigmoid ------------------------------------------------------------------------------


@check("sigmoid_first_moves", points=0.25, takes=value)
def sigmoid_first_moves(answer: object, t: Trial) -> None:
    """W3 and b3 move in step 1, which makes δ₂ ≠ 0: W2 and b2 in step 2; then W1 and b1."""
    wanted = {
        "W3 and b3": (1, 0.09, "h2 = σ(0) = ½ and δ₃ are not 0, so these move at once"),
        "W2 and b2": (
            2,
            0.08,
            "δ₂ = (δ₃ W3ᵀ) ⊙ a′(z2) is 0 exactly as long as W3 is 0, which the first step ends",
        ),
        "W1 and b1": (
            3,
            0.08,
            "δ₁ = (δ₂ W2ᵀ) ⊙ a′(z1) is 0 exactly as long as W2 or δ₂ is 0",
        ),
    }
    for names, (step, points, reason) in wanted.items():
        with t.part(names, points):
            written = named(answer, LAYERS)
            right = [close(written[name], step) for name in names.split(" and ")]
            if not any(right):
                t.miss(reason)
            if not all(right):
                t.earn(0.5, "a bias and the weights beside it move together: both contain the δ")


@check("distinct_units", points=0.25, takes=function)
def distinct_units(answer: Callable, t: Trial) -> None:
    cases = [_with_copies(t, copies, t.randn(3, 5), t.randn(5)) for copies in (0, 2, 3)]
    cases.append((np.zeros((2, 4)), np.zeros(4)))
    same_weights = np.tile(t.randn(3, 1), 4)
    cases.append((same_weights, np.array([0.5, 0.1, 0.5, -0.2])))
    cases.append((t.randn(3, 4), np.array([0.3, 0.3, -0.1, 0.2])))
    slips = [
        Slip("the biases do not count here: same weights with another bias are another unit",
             lambda W, b: _columns(W), 0.6),
        Slip("this counts different rows, which are inputs; the units are the columns",
             lambda W, b: _columns(np.vstack([W, b]).T), 0.4),
        Slip("this counts different numbers; a unit is a column of them",
             lambda W, b: np.unique(np.vstack([W, b])).size, 0.2),
        Slip("this counts different biases; the weights are part of a unit, too",
             lambda W, b: np.unique(b).size, 0.2),
        Slip("this counts the units that have no copy; a group of copies is one unit, not none",
             _without_copy, 0.3),
        Slip("this counts the copies; asked is how many different units are left",
             lambda W, b: W.shape[1] - _units(W, b), 0.3),
    ]  # fmt: skip
    count = "the number of different units"
    with t.part(count, 0.2):
        t.compare(answer, _units, cases, slips)
    with t.part("copies up to rounding", 0.05, needs=count):
        # Numbers that rounding to any number of digits leaves on one side.
        W, b = t.rng.permutation(np.arange(1, 13)).reshape(3, 4) / 10, t.randn(4)
        W[:, 3], b[3] = W[:, 0], b[0]
        if not np.array_equal(answer(W, b), answer(W + 1e-13 * t.randn(3, 4), b)):
            t.miss("two units that differ by 1e-13 count as the same, as the question says")


def _with_copies(t: Trial, copies: int, W: Array, b: Array) -> tuple[Array, Array]:
    """Units of which so many are copies of another one, in random places."""
    W[:, 1 : 1 + copies], b[1 : 1 + copies] = W[:, :1], b[0]
    order = t.rng.permutation(b.size)
    return W[:, order], b[order]


def _columns(A: Array) -> int:
    return np.unique(A, axis=1).shape[1]


def _units(W: Array, b: Array) -> int:
    return _columns(np.vstack([W, b]))


def _without_copy(W: Array, b: Array) -> int:
    _, counts = np.unique(np.vstack([W, b]), axis=1, return_counts=True)
    return int(np.sum(counts == 1))


# -- part 3: the order of the data ----------------------------------------------------------------


@check("dead_fraction", points=0.25, takes=function)
def dead_fraction(answer: Callable, t: Trial) -> None:
    cases = [(_sums(t, dead, alive),) for dead, alive in ((2, 3), (0, 4), (3, 1), (2, 0))]
    slips = [
        Slip("this is the share of zeros among all values; a dead unit is 0 for every example",
             lambda Z: np.mean(Z <= 0), 0.4),
        Slip("this counts examples; the units are the columns",
             lambda Z: np.mean(np.all(Z <= 0, axis=1)), 0.4),
        Slip("this counts units that are 0 for some example; dead is 0 for every one",
             lambda Z: np.mean(np.any(Z <= 0, axis=0)), 0.4),
        Slip("this is how many units are dead; asked is which fraction of them",
             lambda Z: np.sum(np.all(Z <= 0, axis=0)), 0.6),
        Slip("this divides by the number of examples; asked is the fraction of the units",
             lambda Z: np.sum(np.all(Z <= 0, axis=0)) / len(Z), 0.6),
        Slip("this is the fraction of units that are alive",
             lambda Z: 1 - np.mean(np.all(Z <= 0, axis=0)), 0.6),
        Slip("this is in per cent; asked is a number from 0 to 1",
             lambda Z: 100 * np.mean(np.all(Z <= 0, axis=0)), 0.8),
        Slip("Z are the sums before the ReLU: of a dead unit they are negative, not 0",
             lambda Z: np.mean(np.all(Z == 0, axis=0)), 0.3),
        Slip("the mean over the examples may be negative though some of them switch the unit on",
             lambda Z: np.mean(np.mean(Z, axis=0) <= 0), 0.4),
    ]  # fmt: skip
    fraction = "the fraction of dead units"
    with t.part(fraction, 0.2):
        t.compare(answer, lambda Z: np.mean(np.all(Z <= 0, axis=0)), cases, slips)
    with t.part("a sum of exactly 0", 0.05, needs=fraction):
        Z = _sums(t, 1, 1)
        Z[0, np.all(Z <= 0, axis=0)] = 0.0
        if not np.allclose(answer(Z), answer(Z - 1e-9)):
            t.miss("ReLU(0) is 0, so a unit whose largest sum is exactly 0 is dead as well")


def _sums(t: Trial, dead: int, alive: int) -> Array:
    """Sums of 6 examples for so many dead and so many other units, in random order.

    One of the other units, if there are any, is on for a single example only, so that
    its mean is negative, and the rest have a positive one. The first and the last example
    find all units off.
    """
    Z = -0.2 - np.abs(t.randn(6, dead + alive))
    for unit in range(dead, dead + alive):
        if unit == dead:
            Z[1 + t.rng.integers(4), unit] = 0.1
        else:
            Z[1:5, unit] += 6
    return Z[:, t.rng.permutation(dead + alive)]


LATER = "this can be told when every index comes exactly once"


@check("epoch_order", points=0.25, takes=function)
def epoch_order(answer: Callable, t: Trial) -> None:
    """A fair order mixes the classes; 12 standard deviations are allowed for chance."""
    labels = np.repeat([-1.0, 1.0], 200)
    orders = [answer(labels) for _ in range(3)]
    each = "every index exactly once"
    with t.part(each, 0.1):
        for order in orders:
            _each_once(order, labels, t)
    # What is no permutation has no halves to compare, and its numbers may be no indices at all.
    permutations = t.parts[-1].points > 0
    with t.part("positive and negative examples mixed", 0.1, needs=each):
        if not permutations:
            t.miss(LATER)
        for order in orders:
            first_half = labels[order[:200].astype(int)]
            if abs(np.sum(first_half > 0) - 100) > 60:
                t.miss("one class still comes before the other; the order should not know them")
    with t.part("another order in each epoch", 0.05, needs=each):
        if not permutations:
            t.miss(LATER)
        if np.array_equal(orders[0], orders[1]) and np.array_equal(orders[1], orders[2]):
            t.miss(
                "every call gives the same order; draw from `rng`, and do not seed it anew in "
                "each call"
            )


def _each_once(order: Array, labels: Array, t: Trial) -> None:
    if order.shape != labels.shape:
        t.miss(f"for 400 labels the result has the shape {order.shape}; expected (400,)")
    if set(np.unique(order)) <= {-1.0, 1.0}:
        t.miss("these are labels; asked are the indices of the examples, from 0 to N − 1")
    missing = np.setdiff1d(np.arange(order.size), order)
    if missing.size:
        which = f"index {missing[0]} never comes"
        if missing.size > 1:
            which = f"{missing.size} indices never come"
        t.miss(f"of 0 to 399, {which}; in an epoch each example comes exactly once")
