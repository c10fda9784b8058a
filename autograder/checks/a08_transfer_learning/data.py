"""The data: images of each class, and labels for a network of five outputs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from autograder.judge import offers
from autograder.judge.registry import check
from autograder.judge.training_replay import Trainer
from autograder.judge.trial import Missed, Trial
from autograder.judge.values import numbers

FIRST, SECOND = (0, 1, 2, 3, 4), (5, 6, 7, 8, 9)


@check("class_examples", points=1, takes=offers.trainer)
def class_examples(places: Trainer, t: Trial) -> None:
    labels = _labels(t)
    classes, count = (6, 2, 9), int(t.rng.integers(3, 6))
    given: list[int] = []
    with t.part("places of images of these classes, class by class", 0.6):
        answer = places(labels, list(classes), count)
        given = _places(answer, len(labels))
        wanted = [number for number in classes for _ in range(count)]
        shown = labels[given].tolist()
        if shown == wanted:
            if numbers(answer, "class_examples").ndim > 1:
                t.earn(0.8, "each place is an array of one number; `flatten` makes one list")
        elif Counter(shown) == Counter(wanted):
            t.earn(0.6, "the right images, but not one class after the other")
        elif given == wanted:
            t.miss("these are the labels; what is asked for is where the images are")
        elif len(given) == len(classes):
            t.earn(0.3, f"one image a class, where {count} were asked for")
        elif set(shown) != set(classes):
            t.miss(f"images of the classes {sorted(set(shown))} where {list(classes)} were asked")
        else:
            t.earn(0.4, f"{len(given)} images where {count} of each of {len(classes)} were asked")
    with t.part("each image once", 0.2, needs="places of images of these classes, class by class"):
        if len(set(given)) < len(given):
            t.miss("some images are there twice")
    with t.part("whatever classes are asked for", 0.2):
        other = (3, 0, 5, 8)
        shown = labels[_places(places(labels, list(other), 2), len(labels))].tolist()
        if set(shown) != set(other):
            t.miss(f"asked for {list(other)}, it gave images of {sorted(set(shown))}")


def _labels(t: Trial) -> np.ndarray:
    """Twelve of each class, with no class's number in a place that is looked for, nor the first
    and the last ones where they would be found by not looking at all."""
    first = [9, 7, 1, 4, 7, 1, 4, 7, 1, 4]
    left = Counter((np.arange(120) % 10).tolist()) - Counter([*first, 6])
    return np.array([*first, *t.rng.permutation(list(left.elements())), 6])


@check("new_labels", points=1, takes=offers.trainer)
def new_labels(renumber: Trainer, t: Trial) -> None:
    last_five = "the last five become 0 to 4"
    for words, classes, points in (
        ("the first five become 0 to 4", FIRST, 0.3),
        (last_five, SECOND, 0.3),
        ("any five classes, in their order", (7, 1, 4, 0, 9), 0.3),
    ):
        with t.part(words, points):
            place = t.rng.permutation(np.arange(40) % 5)
            labels = np.asarray(classes)[place]
            given = numbers(renumber(labels, list(classes)), "new_labels")
            _compare(t, given, place, labels, classes)
    with t.part("a new int64 tensor", 0.1, needs=last_five, told=True):
        if renumber.dtype != "int64":
            t.miss(f"the loss wants an int64 tensor, not {renumber.dtype}")
        if renumber.changed[0]:
            t.miss("the labels that it got were written over; make a new tensor")


def _compare(
    t: Trial, given: np.ndarray, wanted: np.ndarray, labels: np.ndarray, classes: Sequence[int]
) -> None:
    if given.shape == (len(labels), 5):
        t.miss("this is one-hot: the loss wants one number for each image")
    if given.shape != wanted.shape:
        t.miss(f"{len(labels)} labels gave a result of shape {given.shape}")
    if np.array_equal(given, wanted):
        return
    if np.array_equal(given, labels):
        t.miss(
            f"the labels are still {sorted(set(labels.tolist()))}; a network of five outputs has "
            "no logit for a class 5 or more, and the loss fails"
        )
    if np.array_equal(given, wanted + 1):
        t.miss("they count from 1; the first logit is number 0")
    wrong = int(np.flatnonzero(given != wanted)[0])
    t.miss(
        f"with classes {list(classes)} the label {labels[wrong]} became {given[wrong]:g} and "
        f"should be {wanted[wrong]}, its place in that list"
    )


def _places(value: object, most: int) -> list[int]:
    """Places in a list of images, as whole numbers; `Missed` if they are none."""
    found = numbers(value, "class_examples")
    if found.ndim == 2 and found.shape[1] == 1:
        found = found[:, 0]
    if found.ndim != 1:
        raise Missed(f"the places come in the shape {found.shape}; expected one list of them")
    if not len(found):
        raise Missed("no places at all")
    if np.any(found != np.floor(found)) or np.any(found < 0) or np.any(found >= most):
        raise Missed(f"with {most} images a place is a whole number from 0 to {most - 1}")
    return found.astype(int).tolist()
