"""Parts of a check: what they earn, when they depend on one another, and what they say."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.judge.trial import Slip, Trial
from autograder.judge.verdict import Part, Verdict


def verdict(trial: Trial) -> Verdict:
    return Verdict("test", tuple(trial.parts))


def test_a_part_earns_its_points_unless_something_is_missed() -> None:
    t = Trial(1)
    with t.part("good", 2):
        pass
    with t.part("bad", 3):
        t.miss("the shape is wrong")
    assert [part.points for part in t.parts] == [2, 0]
    assert t.parts[1].messages == ("the shape is wrong",)
    assert verdict(t).points == 2
    assert verdict(t).max_points == 5


def test_a_part_that_needs_another_earns_nothing_without_it_but_still_teaches() -> None:
    t = Trial(1)
    with t.part("values", 2):
        t.miss("wrong")
    with t.part("inputs untouched", 1, needs="values"):
        t.say("your function changed x")
    assert t.parts[1].points == 0
    assert t.parts[1].messages == ("your function changed x",)


def told(values: float, kept: bool) -> Part:
    """The part that believes what it is told, behind values that earned this share."""
    t = Trial(1)
    with t.part("values", 2):
        t.earn(values)
    with t.part("inputs untouched", 1, needs="values", told=True):
        if not kept:
            t.miss("your function changed x")
    return t.parts[1]


def test_what_a_process_says_of_itself_decides_only_behind_values_that_are_all_right() -> None:
    assert [told(1, kept).points for kept in (True, False)] == [1, 0]
    assert [told(0, kept).points for kept in (True, False)] == [0, 0]


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_behind_a_slip_a_lie_gains_nothing_and_the_truth_costs_nothing(share: float) -> None:
    honest, caught = told(share, True), told(share, False)
    assert honest.points == caught.points == 1
    assert honest.messages == ()
    assert caught.messages == (
        "your function changed x",
        "not counted here, as values is not all right yet",
    )


def test_a_part_that_believes_what_it_is_told_must_stand_behind_another() -> None:
    with pytest.raises(ValueError, match="needs another"), Trial(1).part("p", 1, told=True):
        pass


def test_shares_are_kept_between_nothing_and_everything() -> None:
    t = Trial(1)
    for share in (-1, 0.25, 7):
        with t.part("p", 4):
            t.earn(share)
    assert [part.points for part in t.parts] == [0, 1, 4]


def test_a_fault_in_a_check_is_not_swallowed() -> None:
    t = Trial(1)
    with pytest.raises(ZeroDivisionError), t.part("p", 1):
        1 / 0  # noqa: B018


def test_the_same_seed_makes_the_same_trial() -> None:
    assert np.array_equal(Trial(4).randn(3), Trial(4).randn(3))
    assert not np.array_equal(Trial(4).randn(3), Trial(5).randn(3))


CASES = [(np.array([1.0, -2.0]),), (np.array([0.5, 3.0]),)]
TURNED = Slip("the sign is turned", lambda x: -2 * x, 0.5)


def double(x: np.ndarray) -> np.ndarray:
    return 2 * x


def compared(answer) -> Part:
    t = Trial(1)
    with t.part("values", 2):
        t.compare(answer, double, CASES, [TURNED])
    return t.parts[0]


def test_a_right_function_earns_everything_and_a_known_slip_its_share() -> None:
    assert compared(lambda x: x + x).points == 2
    slipped = compared(lambda x: -x - x)
    assert (slipped.points, slipped.messages) == (1, ("the sign is turned",))


def test_a_function_right_in_one_case_only_earns_nothing_and_hears_which_case_failed() -> None:
    part = compared(lambda x: np.array([2.0, -4.0]))
    assert part.points == 0
    assert "[0.5, 3. ]" in part.messages[0]
    assert "expected [1., 6.]" in part.messages[0]


def test_a_result_of_another_shape_is_told_both_shapes() -> None:
    part = compared(lambda x: np.array([[2 * x[0]], [2 * x[1]]]))
    assert part.points == 0
    assert "(2, 1)" in part.messages[0]
    assert "(2,)" in part.messages[0]


def test_an_entry_near_0_may_be_off_by_what_the_large_ones_are() -> None:
    """Logits of two right networks, met in the answer bank: of float32, so 9e-8 off."""
    logits = np.array([3.6467, -4.8726e-05, 1.7704])
    t = Trial(0)
    for off in (9e-8, 9e-5):
        with t.part(f"off by {off}", 1.0):
            t.compare(lambda off=off: logits + off, lambda: logits, [()], rtol=1e-4)
    assert [part.points for part in t.parts] == [1.0, 0.0]


def test_float32_is_as_good_as_float64() -> None:
    """As of matrix products, where large terms leave an entry near 0."""
    rng = np.random.default_rng(5)
    cases = [(rng.standard_normal((9, 8)), rng.standard_normal((8, 9))) for _ in range(20)]
    t = Trial(0)
    with t.part("product", 1.0):
        t.compare(lambda a, b: np.float32(a) @ np.float32(b), np.matmul, cases)
    assert t.parts[0].points == 1.0


def test_a_whole_number_can_be_asked_for_exactly() -> None:
    t = Trial(0)
    for rtol in (1e-4, 0):
        with t.part(f"count with {rtol}", 1.0):
            t.compare(lambda: np.array(20_001.0), lambda: 20_000, [()], rtol=rtol)
    assert [part.points for part in t.parts] == [1.0, 0.0]


def test_numbers_that_look_the_same_are_shown_with_more_digits() -> None:
    t = Trial(0)
    with t.part("p", 1.0):
        t.compare(lambda: np.array([1.00004]), lambda: np.array([1.0]), [()], rtol=1e-6)
    assert "[1.00004]; expected [1.]" in t.parts[0].messages[0]
    with t.part("q", 1.0):
        t.compare(lambda: np.array(1.50000004), lambda: np.array(1.5), [()], rtol=1e-9)
    assert "1.50000004; expected 1.5" in t.parts[1].messages[0]


def test_not_a_number_is_never_close_to_anything() -> None:
    assert compared(lambda x: np.full(2, np.nan)).points == 0


def test_halves_of_a_hundredth_go_up_whatever_a_floats_last_bit_says() -> None:
    parts = (Part("a", 1.575, 2.25), Part("b", 0.75, 0.75))
    assert Verdict("t", parts).points == 2.33


def test_the_points_of_the_parts_that_are_printed_add_up_to_the_whole() -> None:
    parts = (Part("values", 0.175, 0.175), Part("shape", 0.05, 0.05), Part("speed", 0.025, 0.025))
    first, *lines = Verdict("fc", (*parts, Part("rest", 0, 0.75))).text().splitlines()
    assert first == "fc: 0.25 of 1 point"
    assert [line.split(": ")[1] for line in lines[:2]] == ["0.175 of 0.175", "0.05 of 0.05"]
    assert round(sum(float(line.split()[-3]) for line in lines), 6) == 0.25


def test_a_verdict_reads_as_points_then_parts_with_their_reasons() -> None:
    parts = (Part("values", 1, 2, ("off by one",)), Part("shape", 1, 1), Part("speed", 0, 1))
    assert Verdict("fc", parts).text().splitlines() == [
        "fc: 2 of 4 points",
        " ◐ values: 1 of 2",
        "     off by one",
        " ✓ shape: 1 of 1",
        " ✗ speed: 0 of 1",
    ]


def test_of_many_numbers_only_the_shape_is_shown() -> None:
    t = Trial(1)
    images, few = t.randn(2, 3, 8, 8), np.array([1.5, 2.0])
    with t.part("values", 1):
        t.compare(lambda x, _: 2 * x, lambda x, _: x, [(images, few)])
    (message,) = t.parts[0].messages
    assert "an array of shape (2, 3, 8, 8), [1.5, 2. ]" in message
    assert len(message) < 300
