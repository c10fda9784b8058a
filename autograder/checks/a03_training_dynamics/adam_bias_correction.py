"""Notebook 2: Adam's moving average of the gradient, with and without its bias correction.

Kingma and Ba, "Adam: A Method for Stochastic Optimization", https://arxiv.org/abs/1412.6980:
Algorithm 1, and section 3 for E[m_t] = E[g] (1 − β^t).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from autograder.checks.a03_training_dynamics.numbers import close, listed
from autograder.judge.offers import Function, function, value
from autograder.judge.registry import check
from autograder.judge.trial import Slip, Trial

Array = np.ndarray

BETA, MEAN, STEPS = 0.9, 2.0, (2, 10, 100)


# -- the two formulas -----------------------------------------------------------------------------


@check("adam_average", points=3, takes=function)
def adam_average(answer: Callable, t: Trial) -> None:
    cases = [(t.randn(n) + 1, t.rng.uniform(0.3, 0.95)) for n in (6, 9, 1)]
    slips = [
        Slip("the average starts at m₀ = 0, not at the first gradient",
             lambda g, beta: _average(g[1:], beta, first=g[0]), 0.5),
        Slip("the first gradient never comes in: m₁ is (1 − β) g₁, and `g[0]` is g₁",
             lambda g, beta: _average(g[1:], beta, first=0.0), 0.5),
        Slip("β and 1 − β are swapped: the old average keeps the share β",
             lambda g, beta: _average(g, 1 - beta), 0.5),
        Slip("the factor 1 − β of the new gradient is missing",
             lambda g, beta: _average(g, beta) / (1 - beta), 0.5),
        Slip("the gradient has the factor 1 − β, and the old average lost its β",
             lambda g, beta: (1 - beta) * np.cumsum(g), 0.3),
        Slip("these are m₀ to m_{T−1}: each entry is noted before its gradient comes in",
             lambda g, beta: np.r_[0.0, _average(g, beta)[:-1]], 0.6),
        Slip("these are m₀ to m_T; m₀ = 0 is not asked for",
             lambda g, beta: np.r_[0.0, _average(g, beta)], 0.7),
        Slip("this is the last average only; asked are all of them",
             lambda g, beta: _average(g, beta)[-1], 0.5),
        Slip("these are averages with the bias correction, which comes in the next question",
             lambda g, beta: _corrected(_average(g, beta), beta), 0.6),
        Slip("this weighs the gradient with 1 − β but averages only two of them",
             lambda g, beta: beta * np.r_[0.0, g[:-1]] + (1 - beta) * g, 0.2),
        Slip("this is the plain mean of the gradients so far, without β",
             lambda g, beta: np.cumsum(g) / np.arange(1, g.size + 1), 0.1),
    ]  # fmt: skip
    values = "m₁, …, m_T"
    with t.part(values, 2.75):
        t.compare(answer, _average, cases, slips)
    with t.part("the gradients stay as they were", 0.25, needs=values, told=True):
        _stay_the_same(answer, cases, "g", t)


FROM_ONE = "t counts from 1, so that m₁ is divided by 1 − β"


@check("adam_correct", points=3, takes=function)
def adam_correct(answer: Callable, t: Trial) -> None:
    cases = [(t.randn(n), t.rng.uniform(0.5, 0.95)) for n in (5, 8, 3)]
    slips = [
        Slip("the power is missing: the divisor is 1 − β^t, another one in each step",
             lambda m, beta: m / (1 - beta), 0.4),
        Slip("multiplied where it should be divided",
             lambda m, beta: m * (1 - beta ** _steps(m)), 0.4),
        Slip("divided by β^t; the divisor is 1 − β^t", lambda m, beta: m / beta ** _steps(m), 0.3),
        Slip(f"{FROM_ONE}; yours is one step ahead",
             lambda m, beta: m / (1 - beta ** (_steps(m) + 1)), 0.6),
        Slip("β times t instead of β to the power t",
             lambda m, beta: m / (1 - beta * _steps(m)), 0.3),
        Slip("every entry is divided by the divisor of the last step",
             lambda m, beta: m / (1 - beta**m.size), 0.5),
        Slip("(1 − β)^t instead of 1 − β^t", lambda m, beta: m / (1 - beta) ** _steps(m), 0.3),
    ]  # fmt: skip
    values = "m̂₁, …, m̂_T"
    with t.part(values, 2.75):
        given = [answer(*case) for case in cases]
        if not all(_one_behind(entries, *case) for entries, case in zip(given, cases, strict=True)):
            t.compare(answer, _corrected, cases, slips)
        elif np.isfinite(np.concatenate(given)).all():
            t.earn(0.6, f"{FROM_ONE}; yours is one step behind")
        else:
            t.earn(0.4, f"the first entry is no number: 1 − β^t is 0 for t = 0. {FROM_ONE}")
    with t.part("the averages stay as they were", 0.25, needs=values, told=True):
        _stay_the_same(answer, cases, "m", t)


def _average(g: Array, beta: float, first: float | None = None) -> Array:
    """m_t = β m_{t−1} + (1 − β) g_t from m_0 = 0; or from `first`, which is then noted, too."""
    m, averages = 0.0 if first is None else first, [] if first is None else [first]
    for gradient in g:
        m = beta * m + (1 - beta) * gradient
        averages.append(m)
    return np.array(averages)


def _corrected(m: Array, beta: float) -> Array:
    return m / (1 - beta ** _steps(m))


def _one_behind(entries: Array, m: Array, beta: float) -> bool:
    """Whether the entries after the first, which t = 0 has no divisor for, belong to t − 1."""
    behind = m[1:] / (1 - beta ** _steps(m)[:-1])
    return entries.shape == m.shape and np.allclose(entries[1:], behind, rtol=1e-4)


def _steps(m: Array) -> Array:
    return np.arange(1, m.size + 1)


def _stay_the_same(answer: Function, cases: Sequence[tuple], name: str, t: Trial) -> None:
    for case in cases:
        answer(*case)
        if answer.changed[0]:
            t.miss(f"it changes {name} itself; make a new array, such as with {name} / …")


# -- the expectations -----------------------------------------------------------------------------


@check("adam_corrected", points=4, takes=value)
def adam_corrected(answer: object, t: Trial) -> None:
    """E[m̂_t] = G (1 − β^t) / (1 − β^t) = G."""
    with t.part("E[m̂_t] for t = 2, 10, 100", 4):
        written = listed(answer, 3)
        right = [close(number, MEAN) for number in written]
        if all(map(close, written, _uncorrected())):
            t.miss("these are the expectations without the correction, of the next question")
        for step, good in zip(STEPS, right, strict=True):
            if not good:
                t.say(f"t = {step}: the correction divides by exactly the factor that E[m_t] has")
        t.earn(sum(right) / 3)


@check("adam_uncorrected", points=6, takes=value)
def adam_uncorrected(answer: object, t: Trial) -> None:
    """E[m_t] = G (1 − β^t): 0.38, 1.30264…, 1.999947 for t = 2, 10, 100."""
    numbers: list[float | None] = []
    for index, (step, right) in enumerate(zip(STEPS, _uncorrected(), strict=True)):
        with t.part(f"E[m_t] for t = {step}", 2):
            numbers = listed(answer, 3)
            written = numbers[index]
            if written is None:
                t.miss("this entry is no number")
            if not close(written, right):
                _coarse(written, step, right, numbers, t)


def _coarse(
    written: float, step: int, right: float, numbers: Sequence[float | None], t: Trial
) -> None:
    """What a number that is not right still earns."""
    mean_everywhere = all(number is not None and close(number, MEAN) for number in numbers)
    powers = {
        "this is G β^t, what is still missing of G; asked is what is there": MEAN * BETA**step,
        "the factor G is missing": 1 - BETA**step,
        "this belongs to t − 1: m₁ has one gradient in it already": MEAN * (1 - BETA ** (step - 1)),
        "this belongs to t + 1": MEAN * (1 - BETA ** (step + 1)),
    }
    if abs(written - right) < 0.006 and not mean_everywhere:
        t.earn(0.5, f"near, but {written:g} is not {right:.5f}, the number to five decimals")
        return
    for words, number in powers.items():
        if close(written, number):
            t.earn(0.4, words)
            return
    t.miss("write m_t as a sum of gradients and take the expectation of each term")


def _uncorrected() -> list[float]:
    return [MEAN * (1 - BETA**step) for step in STEPS]


# -- what it does to a step -----------------------------------------------------------------------


@check("adam_step_ratio", points=4, takes=function)
def adam_step_ratio(answer: Callable, t: Trial) -> None:
    def ratio(step: float, beta1: float, beta2: float) -> float:
        return (1 - beta1**step) / np.sqrt(1 - beta2**step)

    cases = [(1, 0.9, 0.999), (10, 0.9, 0.999)]
    cases += [
        (int(t.rng.integers(2, 60)), t.rng.uniform(0.5, 0.95), t.rng.uniform(0.9, 0.9995))
        for _ in range(4)
    ]
    slips = [
        Slip("upside down: this is with the correction over without it",
             lambda step, beta1, beta2: 1 / ratio(step, beta1, beta2), 0.5),
        Slip("the square root is missing: the step has √v in it",
             lambda step, beta1, beta2: (1 - beta1**step) / (1 - beta2**step), 0.5),
        Slip("β1 and β2 have changed places",
             lambda step, beta1, beta2: ratio(step, beta2, beta1), 0.5),
        Slip("only the correction of m is in it; v is corrected, too",
             lambda step, beta1, beta2: 1 - beta1**step, 0.35),
        Slip("only the correction of v is in it; m is corrected, too",
             lambda step, beta1, beta2: 1 / np.sqrt(1 - beta2**step), 0.35),
        Slip("the powers are missing: the divisors are 1 − β1^t and 1 − β2^t",
             lambda step, beta1, beta2: (1 - beta1) / np.sqrt(1 - beta2), 0.35),
        Slip("t counts from 1, as it is given; yours is one step ahead",
             lambda step, beta1, beta2: ratio(step + 1, beta1, beta2), 0.6),
        Slip("(1 − β)^t instead of 1 − β^t",
             lambda step, beta1, beta2: (1 - beta1) ** step / np.sqrt((1 - beta2) ** step), 0.3),
        Slip("dividing by a fraction turns it over: the correction of v stands below the line",
             lambda step, beta1, beta2: (1 - beta1**step) * np.sqrt(1 - beta2**step), 0.4),
        Slip("the root is only over v: 1 − β1^t stands without one",
             lambda step, beta1, beta2: np.sqrt((1 - beta1**step) / (1 - beta2**step)), 0.4),
    ]  # fmt: skip
    with t.part("the ratio of the steps", 4):
        t.compare(answer, ratio, cases, slips)
