"""Points for accuracy: what an honest model gets, and what a claim is compared with."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest

from autograder.checks.training import claims_agree, credit
from autograder.checks.training.accuracy import least_right, share_of
from autograder.judge.registry import judge
from autograder.judge.trial import Missed, Trial

TARGETS = (0.45, 0.6, 0.9, 0.97, 0.985, 0.99)
COUNTS = (100, 300, 360, 500, 1000, 2000)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("n", COUNTS)
def test_an_honest_model_exactly_at_the_target_gets_everything_in_97_of_100_draws(
    target: float, n: int
) -> None:
    # The exact binomial probability that enough of n images are right.
    chance = 1 - sum(
        comb(n, k) * float(target**k) * float((1 - target) ** (n - k))
        if n <= 300
        else np.exp(
            _log_factorial(n)
            - _log_factorial(k)
            - _log_factorial(n - k)
            + k * np.log(target)
            + (n - k) * np.log(1 - target)
        )
        for k in range(least_right(target, n))
    )
    assert chance >= 0.97


def _log_factorial(n: int) -> float:
    return float(np.sum(np.log(np.arange(1, n + 1))))


def test_draws_of_such_a_model_get_everything_as_often() -> None:
    right = np.random.default_rng(0).binomial(1000, 0.985, 2000)
    assert np.mean([share_of(k / 1000, 0.985, 1000) == 1 for k in right]) >= 0.97


def test_a_model_well_below_the_target_does_not_get_everything() -> None:
    right = np.random.default_rng(0).binomial(1000, 0.96, 500)
    assert np.mean([share_of(k / 1000, 0.985, 1000) == 1 for k in right]) < 0.02


@pytest.mark.parametrize(
    ("accuracy", "share"),
    [
        (1.0, 1.0),
        (0.5, 1.0),
        (0.489, 0.8),  # 97 % of the way from 0.1 to 0.5 is 0.488
        (0.487, 0.6),
        (0.46, 0.6),
        (0.45, 0.4),
        (0.40, 0.4),
        (0.30, 0.2),
        (0.29, 0.0),
        (0.10, 0.0),
        (0.0, 0.0),
        (float("nan"), 0.0),
    ],
)
def test_shares_fall_in_bands_on_the_way_from_the_target_to_chance(
    accuracy: float, share: float
) -> None:
    assert share_of(accuracy, 0.5, 1_000_000) == share


def test_the_share_never_falls_as_the_accuracy_rises() -> None:
    shares = [share_of(k / 300, 0.97, 300) for k in range(301)]
    assert shares == sorted(shares)
    assert set(shares) == {0.0, 0.2, 0.4, 0.6, 0.8, 1.0} or 0.8 not in shares


def test_credit_is_a_part_with_its_reason() -> None:
    t = Trial(1)
    assert credit(t, lambda: 0.42, 0.5, 1000, 10, name="test accuracy") == 0.42
    (part,) = t.parts
    assert (part.name, part.points, part.max_points) == ("test accuracy", 4, 10)
    assert part.messages == (
        "42.0% of 1000 images; the goal is 50.0%",
        "part of the points: this is 80% of the way",
    )


def test_a_model_that_cannot_be_measured_costs_its_own_part_alone() -> None:
    def broken() -> float:
        raise Missed("your module raised RuntimeError")

    t = Trial(1)
    with t.part("weights", 2):
        pass
    assert credit(t, broken, 0.5, 100, 3) is None
    assert [part.points for part in t.parts] == [2, 0]
    assert t.parts[1].messages == ("your module raised RuntimeError",)


def test_a_claim_within_three_standard_errors_agrees() -> None:
    t = Trial(1)
    credit(t, 0.90, 0.9, 1000, 5)
    assert claims_agree(t, 0.92, 0.90, 1000)
    assert claims_agree(t, 1.0, 1.0, 100)
    assert t.flags == []


def test_a_claim_that_is_off_is_said_and_flagged_and_costs_nothing() -> None:
    t = Trial(1)
    credit(t, 0.60, 0.6, 1000, 5)
    assert not claims_agree(t, 0.95, 0.60, 1000, "test accuracy")
    assert t.parts[0].points == 5
    assert "says test accuracy 95.0%, but 60.0% was measured" in t.parts[0].messages[-1]
    assert t.flags == ["test accuracy: claimed 95.0%, measured 60.0% on 1000 images"]


def test_what_a_check_flags_is_a_note_of_the_verdict(monkeypatch) -> None:
    from autograder.judge import registry

    def ask(t: Trial) -> None:
        with t.part("all", 1):
            pass
        t.flag("look at this")

    made = {"flags": registry.Check("flags", 1, (), ask)}
    monkeypatch.setattr(registry, "all_checks", lambda: made)
    verdict = judge("flags", [])
    assert (verdict.notes, verdict.points) == (("look at this",), 1)
