"""What a student may offer, and what is left of it when a check sees it."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.judge import offers
from autograder.judge.remote import Loopback
from autograder.judge.trial import Missed
from chainrule import Derivation, Worksheet
from chainrule.worksheets import Graph


def derivation(answer: object) -> Derivation:
    return offers.derivation(*Loopback([answer]).offered())


def worksheet(answer: object) -> Graph:
    return offers.worksheet(*Loopback([answer]).offered())


def function(answer: object) -> offers.Function:
    return offers.function(*Loopback([answer]).offered())


def test_a_worksheet_arrives_as_plain_data_of_a_subclass_too() -> None:
    class Mine(Worksheet):
        pass

    sheet = Mine("t")
    sheet.input("x")
    assert [node.id for node in worksheet(sheet).nodes] == ["x"]


def test_a_worksheet_that_tells_something_else_is_refused() -> None:
    class Sly(Worksheet):
        def to_dict(self) -> dict:
            return {"nodes": "anything"}

    with pytest.raises(Missed, match="expected a Worksheet, but got a Sly"):
        worksheet(Sly("t"))


@pytest.mark.parametrize("offered", [None, 3, {"nodes": []}])
def test_what_is_no_worksheet_is_refused_in_words(offered: object) -> None:
    with pytest.raises(Missed, match="expected a Worksheet, but got"):
        worksheet(offered)


def test_a_derivation_arrives_as_its_factors() -> None:
    given = Derivation("L/b", known=["L", "y", "b"])
    given.write("L/y", "y/b")
    assert [str(factor) for factor in derivation(given).factors] == ["(∂L/∂y)", "(∂y/∂b)"]


def test_a_function_gets_copies_and_gives_an_array() -> None:
    def halve(x):
        x /= 2
        return list(x)

    x = np.array([2.0, 4.0])
    call = function(halve)
    assert np.array_equal(call(x), [1.0, 2.0])
    assert np.array_equal(x, [2.0, 4.0])
    assert call.changed == (True,)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda x: None, "returned None; does it end with `return`"),
        (lambda x: "two", "instead of numbers"),
        (lambda x: [[1], [2, 3]], "instead of numbers"),
        (lambda x: x @ np.ones(7), "is different from 2) for inputs of shapes (2,)"),
        (lambda: 1, "TypeError"),
    ],
)
def test_whatever_goes_wrong_in_a_students_function_is_the_answers_fault(answer, words) -> None:
    with pytest.raises(Missed) as missed:
        function(answer)(np.ones(2))
    assert words in str(missed.value)


def test_a_function_gets_whole_numbers_as_they_are() -> None:
    def rows(image, size):
        return [image[i] for i in range(size)]

    np.testing.assert_array_equal(function(rows)(np.arange(3.0), 2), [0.0, 1.0])
