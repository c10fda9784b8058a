"""Plain values that a student offers: what arrives of them, and what is refused in words."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.judge import offers
from autograder.judge.remote import Loopback
from autograder.judge.trial import Missed


def taken(take, answer: object) -> object:
    return take(*Loopback([answer]).offered())


class Odd(dict):
    def __getitem__(self, key: object) -> object:
        return 7.0


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        (None, None),
        ("softmax", "softmax"),
        (3, 3),
        (np.float32(0.5), 0.5),
        (np.int64(4), 4),
        ({"lr": 0.1, "sizes": (3, [4])}, {"lr": 0.1, "sizes": (3, [4])}),
        (Odd(lr=0.1), {"lr": 0.1}),
    ],
)
def test_a_value_arrives_as_it_is(answer: object, value: object) -> None:
    found = taken(offers.value, answer)
    assert found == value
    assert type(found) is type(value)


def test_arrays_in_a_value_are_float_arrays() -> None:
    found = taken(offers.value, {"b": np.arange(3), "m": [np.eye(2) > 0]})
    assert found["b"].dtype == found["m"][0].dtype == float
    assert np.array_equal(found["m"][0], np.eye(2))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"f": print}, "holds a builtin_function_or_method instead of plain numbers"),
        ([np.array(["a"])], "holds an array of str"),
        ({(1, 2): 3}, "dict with keys that are neither text nor numbers"),
        (np.ones(2) * 1j, "complex numbers"),
        ([{1, 2}], "holds a set"),
    ],
)
def test_what_is_no_plain_value_is_said(answer: object, words: str) -> None:
    with pytest.raises(Missed, match=words):
        taken(offers.value, answer)


@pytest.mark.parametrize("answer", [1216, 1216.0, np.float32(1216), np.array([1216])])
def test_a_number_may_come_in_any_type_of_numbers(answer: object) -> None:
    assert taken(offers.number, answer) == 1216


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("1216", "is a str; expected a number"),
        (None, "is None; expected a number"),
        (True, "is a bool"),
        ([1, 2], "is a list"),
        (np.ones(3), r"shape \(3,\); expected one number"),
        (print, "a builtin_function_or_method"),
    ],
)
def test_what_is_no_number_is_said(answer: object, words: str) -> None:
    with pytest.raises(Missed, match=words):
        taken(offers.number, answer)


def test_text_is_text() -> None:
    assert taken(offers.text, "b) ReLU") == "b) ReLU"
    with pytest.raises(Missed, match="is an int; expected text"):
        taken(offers.text, 3)


def test_numbers_of_lists_and_arrays_are_float_arrays() -> None:
    assert np.array_equal(taken(offers.numbers_of, [[1, 2], [3, 4]]), [[1, 2], [3, 4]])
    with pytest.raises(Missed, match="is None; expected numbers"):
        taken(offers.numbers_of, None)


def test_what_is_taken_later_costs_the_part_that_asks() -> None:
    ask = taken(offers.later(offers.number), "no number")
    with pytest.raises(Missed):
        ask()
    assert taken(offers.later(offers.number), 3)() == 3
