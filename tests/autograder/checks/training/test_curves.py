"""Curves: a plot is compared with the numbers that were recorded, line by line."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.checks.training.curves import axes_named, drawn, labelled
from autograder.judge.plots import Line, Plot
from autograder.judge.trial import Trial

WANTED = {"scratch": [1.5, 1.0, 0.8], "transfer": [1.1, 1.0, 0.9]}


def line(label: str, numbers: list[float]) -> Line:
    return Line(label, np.arange(1.0, len(numbers) + 1), np.array(numbers, dtype=float))


def plot(*lines: Line, legend: bool = True, ylabel: str = "loss", twins: int = 0) -> Plot:
    names = tuple(entry.label for entry in lines) if legend else ()
    return Plot("", "epoch", ylabel, "linear", "linear", tuple(lines), 0, names, twins)


def points(shown: Plot) -> list[float]:
    t = Trial(0)
    found = drawn(t, shown, WANTED, 1, "drawn")
    labelled(t, shown, found, WANTED, 1, "drawn", synonyms={"transfer": ("carried",)})
    axes_named(t, shown, 1, "drawn", "axes")
    return [part.points for part in t.parts]


def both(first: str, second: str, **how: object) -> Plot:
    return plot(line(first, WANTED["scratch"]), line(second, WANTED["transfer"]), **how)


def test_both_lines_under_their_names_are_right_in_any_order_and_in_per_cent() -> None:
    assert points(both("from scratch", "Transfer")) == [1, 1, 1]
    turned = plot(line("carried over", WANTED["transfer"]), line("scratch", WANTED["scratch"]))
    assert points(turned) == [1, 1, 1]
    scaled = (line(name, [100 * value for value in WANTED[name]]) for name in WANTED)
    assert points(plot(*scaled)) == [1, 1, 1]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("from scratch (no transfer)", "transfer (not from scratch)"),
        ("scratch, not carried over", "transfer, not from scratch"),
        ("Scratch: nothing is carried over", "Transferred"),
        ("no transfer: scratch", "(transfer)"),
    ],
)
def test_what_a_label_says_beside_its_word_takes_nothing_from_it(first: str, second: str) -> None:
    assert points(both(first, second)) == [1, 1, 1]


def test_the_losses_of_a_training_that_diverged_are_drawn_as_far_as_they_are_numbers() -> None:
    diverged = {"scratch": [1.5, np.inf, np.nan], "transfer": [np.nan] * 3}
    lines = (line(name, numbers) for name, numbers in diverged.items())
    assert list(drawn(Trial(0), plot(*lines), diverged, 1, "drawn")) == ["scratch", "transfer"]
    assert not drawn(Trial(0), plot(line("scratch", [1.5, 9.9, np.nan])), diverged, 1, "drawn")


@pytest.mark.parametrize(
    ("label", "word"),
    [
        ("evaluated on train", "train"),
        ("accuracy on validation images (not trained on)", "validation"),
        ("Training", "train"),
        ("acc_val", "validation"),
        ("lossTrain", "train"),
        ("TRAIN LOSS", "train"),
    ],
)
def test_a_label_says_the_word_that_it_begins_with_not_letters_inside_of_another(
    label: str, word: str
) -> None:
    curves = {"train": [3.0, 2.0], "validation": [4.0, 3.0]}
    t = Trial(0)
    for what, numbers in curves.items():
        shown = plot(line(label, numbers))
        found = drawn(t, shown, {what: numbers}, 1, what)
        labelled(t, shown, found, curves, 1, what, "label", {"validation": ("val",)})
    earned = [part.points for part in t.parts if part.name == "label"]
    assert earned == [0.5 if what == word else 0 for what in curves]  # half: it is one line of two


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [
        (both("transfer", "scratch"), [1, 0, 1]),
        (both("", ""), [1, 0, 1]),
        (both("scratch", "scratch and transfer"), [1, 0, 1]),
        (both("scratch", "transfer", legend=False), [1, 0.5, 1]),
        (both("scratch", "transfer", ylabel=""), [1, 1, 0.5]),
        (both("scratch", "transfer", twins=1), [1, 1, 0]),
        (plot(line("scratch", WANTED["scratch"])), [0.5, 0.5, 1]),
        (plot(line("scratch", [1.5, 1.0]), line("transfer", [3, 2, 1])), [0, 0, 0]),
        (plot(line("scratch", [np.nan] * 3)), [0, 0, 0]),
        (plot(), [0, 0, 0]),
    ],
    ids=["swapped", "no-labels", "both-words", "no-legend", "no-y-label", "twins", "one", "other",
         "nan", "empty"],
)  # fmt: skip
def test_a_plot_loses_what_it_lacks(shown: Plot, wanted: list[float]) -> None:
    assert points(shown) == wanted
