"""Finding and running checks by name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.judge import registry
from autograder.judge.in_process import grade
from autograder.judge.offers import function, worksheet
from autograder.judge.registry import all_checks, check, judge
from autograder.judge.remote import Loopback
from chainrule import Worksheet
from chainrule import grade as offered_by_a_notebook


@pytest.fixture
def toy() -> Iterator[str]:
    @check("toy", points=3, takes=function)
    def toy_check(double, t) -> None:
        with t.part("doubles", 3):
            t.compare(double, lambda x: 2 * x, [(t.randn(2),)])

    all_checks.cache_clear()
    yield "toy"
    del registry._CHECKS["toy"]
    all_checks.cache_clear()


def test_a_check_is_run_on_what_was_offered(toy: str) -> None:
    verdict = judge(toy, Loopback([lambda x: x + x]).offered())
    assert (verdict.points, verdict.max_points) == (3, 3)
    assert verdict.seconds > 0


def test_an_offer_of_the_wrong_kind_earns_nothing_and_says_what_was_expected(toy: str) -> None:
    verdict = judge(toy, Loopback([None]).offered())
    assert (verdict.points, verdict.max_points) == (0, 3)
    assert "expected a function, but got None" in verdict.text()


def test_a_notebook_gets_the_points_as_a_number_and_the_reasons_as_text(
    toy: str, capsys: pytest.CaptureFixture
) -> None:
    for offer in (grade, offered_by_a_notebook):
        assert offer(toy, lambda x: 2 * x) == 3.0
        assert "toy: 3 of 3 points" in capsys.readouterr().out


def test_a_check_whose_parts_do_not_add_up_is_an_error() -> None:
    @check("lopsided", points=2, takes=worksheet)
    def lopsided(graph, t) -> None:
        with t.part("half", 1):
            pass

    all_checks.cache_clear()
    try:
        offered = Worksheet()
        offered.input("x")
        with pytest.raises(AssertionError, match="add up to 1"):
            judge("lopsided", Loopback([offered]).offered())
    finally:
        del registry._CHECKS["lopsided"]
        all_checks.cache_clear()


def test_two_checks_cannot_have_one_name(toy: str) -> None:
    def other(offered, t) -> None: ...

    other.__module__ = "elsewhere"
    with pytest.raises(ValueError, match="toy"):
        check("toy", points=1, takes=function)(other)


def test_an_unknown_name_is_an_error_and_never_points() -> None:
    with pytest.raises(KeyError):
        judge("no_such_check", Loopback([1]).offered())
