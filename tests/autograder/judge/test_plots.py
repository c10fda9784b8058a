"""What the judge sees of a student's plot."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")
from matplotlib import pyplot as plt

from autograder.judge import offers
from autograder.judge.plots import Plot
from autograder.judge.remote import Loopback
from autograder.judge.trial import Missed


@pytest.fixture(autouse=True)
def _no_figures_left():
    yield
    plt.close("all")


def plot(answer: object) -> Plot:
    return offers.axes(*Loopback([answer]).offered())


def drawn() -> tuple:
    figure, axes = plt.subplots()
    lines = axes.plot([1, 2, 3], [0.9, 0.5, 0.4], label="train loss")
    axes.plot([1, 2], [1.0, 0.8])
    axes.set(title="A CNN", xlabel="epoch", ylabel="loss", yscale="log")
    axes.legend(["train loss"])
    return figure, axes, lines


@pytest.mark.parametrize("which", [0, 1, 2])
def test_axes_a_figure_and_a_list_of_lines_are_the_same_plot(which: int) -> None:
    seen = plot(drawn()[which])
    assert (seen.title, seen.xlabel, seen.ylabel) == ("A CNN", "epoch", "loss")
    assert (seen.xscale, seen.yscale, seen.images, seen.twins) == ("linear", "log", 0, 0)
    assert seen.legend == ("train loss",)
    assert [line.label for line in seen.lines] == ["train loss", ""]
    assert np.array_equal(seen.lines[0].x, [1, 2, 3])
    assert np.array_equal(seen.lines[0].y, [0.9, 0.5, 0.4])
    assert seen.line("TRAIN") is seen.lines[0]
    assert seen.line("test") is None


def unlabelled(**look: object) -> tuple:
    figure, axes = plt.subplots()
    return figure, axes, axes.plot([1, 2], **look) + axes.plot([2, 1], **look)


def labels(axes: object) -> list[str]:
    seen = plot(axes)
    assert len(seen.legend) == 2
    return [line.label for line in seen.lines]


def test_texts_that_only_the_legend_has_are_the_labels_of_its_lines() -> None:
    _, axes, (first, second) = unlabelled()
    axes.legend(["train", "test"])
    assert labels(axes) == ["train", "test"]
    axes.legend([second, first], ["test", "train"])
    assert labels(axes) == ["train", "test"]


def test_lines_that_look_alike_get_the_texts_of_the_legend_in_their_order() -> None:
    _, axes, _ = unlabelled(color="k", marker="o")
    axes.legend(["train", "test"])
    assert labels(axes) == ["train", "test"]


def test_a_legend_of_the_figure_counts() -> None:
    figure, axes, lines = unlabelled()
    figure.legend(["train", "test"])
    assert labels(axes) == ["train", "test"]
    lines[0].set_label("scratch")
    assert labels(axes) == ["scratch", "test"]


def test_a_legend_of_areas_names_no_line() -> None:
    _, axes, _ = unlabelled()
    areas = [axes.fill_between([0, 1], [0, 1]) for _ in range(2)]
    axes.legend(areas, ["train", "test"])
    assert labels(axes) == ["", ""]


def test_an_array_of_axes_is_several_plots() -> None:
    _, array = plt.subplots(2, 2)
    array[1, 0].set_title("third")
    array[0, 1].imshow(np.eye(3))
    for answer in (array, array.tolist(), array[0, 0].figure):
        plots = offers.figure(*Loopback([answer]).offered())
        assert [p.title for p in plots] == ["", "", "third", ""]
        assert [p.images for p in plots] == [0, 1, 0, 0]
    with pytest.raises(Missed, match="expected one plot, but this holds 4 Axes"):
        plot(array)


def test_twin_axes_are_seen() -> None:
    _, axes = plt.subplots()
    axes.twinx()
    assert plot(axes).twins == 1


def test_a_colour_bar_is_no_plot() -> None:
    figure, axes = plt.subplots()
    figure.colorbar(axes.imshow(np.eye(2)))
    assert plot(figure).images == 1


@pytest.mark.parametrize("answer", [None, 3, [], "plot", plt, plt.plot])
def test_what_is_no_plot_hears_what_to_offer(answer: object) -> None:
    with pytest.raises(Missed, match=r"expected a plot, but got .*axes = curves"):
        plot(answer)


def test_lines_and_points_without_end_are_cut() -> None:
    _, axes = plt.subplots()
    for _ in range(30):
        axes.plot(np.zeros(30_000))
    assert {len(line.y) for line in plot(axes).lines} == {20_000}
    assert len(plot(axes).lines) == 20


class Offer:
    kind = "a liar"

    def __init__(self, told: object) -> None:
        self.told = told

    def plots(self) -> object:
        return self.told


@pytest.mark.parametrize(
    "told",
    [
        7,
        [],
        [{"lines": [{"x": np.ones(3), "y": np.ones(2)}]}],
        [{"lines": [{"x": "1", "y": None}]}],
        [{"lines": [{"x": np.ones((2, 2)), "y": np.ones((2, 2))}]}],
    ],
)
def test_a_lie_that_cannot_be_read_is_missed(told: object) -> None:
    with pytest.raises(Missed):
        offers.axes(Offer(told))


def test_a_lie_of_other_types_is_an_empty_plot() -> None:
    seen = offers.axes(Offer([{"title": 3, "lines": 7, "images": "9", "twins": None}]))
    assert (seen.title, seen.lines, seen.images, seen.twins) == ("", (), 0, 0)
