"""Curves of training: whether a plot shows the numbers of a run, each under its own name.

What a plot shows is the student's own word, so its parts are worth little; the numbers of its
lines are compared with those that were recorded, and labels with what the lines are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from autograder.judge.plots import Line, Plot
from autograder.judge.trial import Trial

Curves = Mapping[str, Sequence[float]]
"""What is to be drawn, by a word for it, such as "scratch"."""

Synonyms = Mapping[str, Collection[str]]
"""Words that a label may have in the place of the word itself."""


def drawn(t: Trial, plot: Plot, wanted: Curves, points: float, name: str) -> dict[str, Line]:
    """A part: each of the curves is a line of the plot, whatever it is called; returns them.

    Its points are shared out evenly. A percentage is taken for what it means.
    """
    found: dict[str, Line] = {}
    with t.part(name, points):
        for word, numbers in wanted.items():
            line = _line_of(plot, np.asarray(numbers, dtype=float))
            if line is not None:
                found[word] = line
        missing = [word for word in wanted if word not in found]
        if missing:
            count = len(plot.lines)
            t.earn(
                len(found) / len(wanted),
                f"of the {count} line{'s' * (count != 1)} in your plot none has the numbers of: "
                f"{', '.join(missing)}",
            )
    return found


def labelled(
    t: Trial,
    plot: Plot,
    found: Mapping[str, Line],
    wanted: Curves,
    points: float,
    needs: str,
    name: str = "each line is labelled as what it is",
    synonyms: Synonyms | None = None,
) -> None:
    """A part: each line's label says its word before any of the others', and a legend shows it.

    So "validation (not trained on)" is validation. Synonyms count where none of the words
    stands. Lines that are not there have no right labels.
    """
    with t.part(name, points, needs=needs):
        share = len(found) / len(wanted)
        for word, line in found.items():
            said = _said(line.label, wanted, synonyms or {})
            if said[:1] == [word]:
                continue
            if not line.label:
                t.miss(f"the line of {word} has no label")
            if word in said:
                t.miss(f"the label {line.label!r} says more than one thing; this line is {word}")
            if said:
                t.miss(f"the labels are swapped: the line that is called {line.label!r} is {word}")
            t.miss(f"the label {line.label!r} does not say that this line is {word}")
        if plot.legend:
            t.earn(share)
        else:
            t.earn(share / 2, "there is no legend, so nobody can see the labels")


def axes_named(t: Trial, plot: Plot, points: float, needs: str, name: str) -> None:
    """A part: both axes are labelled, and all lines share them."""
    with t.part(name, points, needs=needs):
        if plot.twins:
            t.miss("each line has an axis of its own (twinx), so they cannot be compared")
        missing = [way for way, label in (("x", plot.xlabel), ("y", plot.ylabel)) if not label]
        if missing:
            t.earn(0.5 * (2 - len(missing)), f"label the axis {' and '.join(missing)}")


def _line_of(plot: Plot, wanted: np.ndarray) -> Line | None:
    for line in plot.lines:
        for scale in (1, 100):
            if line.shows(scale * wanted):
                return line
    return None


def _said(label: str, wanted: Collection[str], synonyms: Synonyms) -> list[str]:
    """Which of the words a label says, in its order. A word begins where no other one goes on:
    "evaluated" does not say "val"; "trainLoss" and "loss_train" say "train". "test images (not
    trained on)" is about the test alone."""
    whole = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", label).lower()
    for text in (ASIDE.sub("", whole), whole):
        for words in ({word: (word,) for word in wanted}, synonyms):
            found = {
                word: re.search(rf"(?<![a-z])({'|'.join(map(re.escape, alike))})", text)
                for word, alike in words.items()
            }
            places = {word: match.start() for word, match in found.items() if match}
            if places:
                return sorted(places, key=places.get)
    return []


ASIDE = re.compile(r"\([^)]*\)|\b(not|no)\s+(from\s+)?\w+")
"""In a label: what it says in brackets, or says that the line is not."""
