"""Plots: what they show, and that they leave other plots as they are."""

from __future__ import annotations

import itertools
import warnings

import matplotlib
import numpy as np
import pytest
from matplotlib import pyplot
from matplotlib.colors import to_rgb

from chainrule import plots
from chainrule.plots import curves, decision_boundary, image_grid, mistakes


@pytest.fixture(autouse=True)
def _leaves_no_trace(monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "Agg")
    pyplot.switch_backend("Agg")
    before = dict(matplotlib.rcParams)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield
            for number in pyplot.get_fignums():
                pyplot.figure(number).canvas.draw()  # a layout that does not fit warns here
        assert dict(matplotlib.rcParams) == before
    finally:
        pyplot.close("all")


def luminance(colour: str) -> float:
    """Relative luminance as in WCAG 2.2, without its gamma: grey as a printer sees it."""
    return float(np.dot(to_rgb(colour), (0.2126, 0.7152, 0.0722)))


def test_curves_show_each_history_over_the_epochs():
    ax = curves({"train": [3, 2, 1.5], "test": np.array([3.5, 3])}, "loss", title="CNN")
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_title()) == ("epoch", "loss", "CNN")
    train, test = ax.get_lines()
    assert (train.get_label(), list(train.get_xdata()), list(train.get_ydata())) == (
        "train",
        [1, 2, 3],
        [3, 2, 1.5],
    )
    assert list(test.get_xdata()) == [1, 2]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["train", "test"]


def test_train_and_test_look_the_same_wherever_they_stand():
    first = curves({"train loss": [1], "test loss": [1]}, "loss").get_lines()
    second = curves({"validation": [1], "chance": [1], "training": [1]}, "accuracy").get_lines()
    assert first[0].get_color() == second[2].get_color()
    assert first[1].get_color() == second[0].get_color()
    assert second[1].get_color() not in (first[0].get_color(), first[1].get_color())


def test_lines_are_told_apart_without_their_colours():
    lines = curves({f"p = {i}": [1, 2] for i in range(30)}, "loss").get_lines()
    looks = {(line.get_color(), line.get_linestyle(), line.get_marker()) for line in lines}
    assert len(looks) == 30
    first = [(line.get_linestyle(), line.get_marker()) for line in lines[:6]]
    assert len(set(first)) == 6
    for a, b in itertools.pairwise(plots.COLOURS):
        assert abs(luminance(a) - luminance(b)) > 0.1, (a, b)


@pytest.mark.parametrize("epochs", [2, 12, 30, 200])
def test_no_epoch_before_the_first_is_on_the_axis(epochs):
    ax = curves({"train": range(epochs)}, "loss")
    ax.figure.canvas.draw()
    low, high = ax.get_xlim()
    assert low < 1 < epochs < high
    assert min(tick for tick in ax.get_xticks() if low <= tick <= high) >= 1


def test_a_history_without_numbers_is_named_and_no_error():
    ax = curves({"adam": []}, "loss")
    assert ax.get_legend().get_texts()[0].get_text() == "adam (no numbers)"
    assert curves({}, "loss").get_legend() is None


def test_a_history_that_is_no_list_of_numbers_is_named():
    with pytest.raises(ValueError, match="'train' should be a list of numbers"):
        curves({"train": [[1, 2], [3, 4]]}, "loss")


def test_curves_go_into_axes_that_are_there():
    _, (left, right) = pyplot.subplots(1, 2)
    assert curves({"a": [1, 2]}, "loss", ax=right, log=True, start=0) is right
    assert right.get_yscale() == "log"
    assert list(right.get_lines()[0].get_xdata()) == [0, 1]
    assert not left.get_lines()


@pytest.mark.parametrize(
    ("shape", "picture"),
    [
        ((3, 5, 4), (5, 4)),
        ((3, 5, 4, 1), (5, 4)),
        ((3, 5, 4, 3), (5, 4, 3)),
        ((3, 1, 5, 4), (5, 4)),
        ((3, 3, 5, 4), (5, 4, 3)),
    ],
)
def test_images_of_every_layout_are_shown(shape, picture):
    images = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    ax = image_grid(images, ["a", "b", "c"], columns=2)
    drawn = ax.get_images()
    assert len(drawn) == 3
    assert drawn[0].get_array().shape == picture
    assert drawn[0].get_array().max() <= 1
    assert [text.get_text() for text in ax.texts] == ["a", "b", "c"]
    # The third stands under the first.
    (x0, _, bottom, _), (x2, _, _, top) = drawn[0].get_extent(), drawn[2].get_extent()
    assert x0 == x2
    assert top > bottom


def test_torch_images_are_shown():
    torch = pytest.importorskip("torch")
    images = torch.rand(2, 3, 4, 4, requires_grad=True)
    shown = image_grid(images).get_images()[1].get_array()
    np.testing.assert_allclose(shown, images[1].permute(1, 2, 0).detach().numpy())
    assert len(image_grid([images[0], images[1]]).get_images()) == 2


@pytest.mark.parametrize("images", [np.zeros((5, 4)), np.zeros((0, 5, 4)), np.zeros((2, 5, 4, 2))])
def test_what_are_no_images_is_said(images):
    with pytest.raises(ValueError, match="images should be"):
        image_grid(images)


def test_as_many_captions_as_images_are_asked_for():
    with pytest.raises(ValueError, match="3 images and 1 captions"):
        image_grid(np.zeros((3, 2, 2)), ["a"])


def test_a_few_images_are_as_large_as_many():
    widths = []
    for count in (1, 3, 8, 16):
        ax = image_grid(np.zeros((count, 4, 4)), title="images")
        ax.figure.canvas.draw()
        (left, _), (right, _) = ax.transData.transform([(0, 0), (1, 0)])
        widths.append((right - left) / ax.figure.dpi)
    assert max(widths) < 1.1 * min(widths)


def test_mistakes_shows_what_is_wrong_and_how():
    images = np.arange(4, dtype=np.uint8)[:, None, None] * np.ones((4, 2, 2), dtype=np.uint8)
    ax = mistakes(images, [0, 1, 2, 0], [0, 2, 2, 1], ("cat", "dog", "ship"))
    assert [text.get_text() for text in ax.texts] == ["dog\nsaid ship", "cat\nsaid dog"]
    assert [int(i.get_array()[0, 0] * 255) for i in ax.get_images()] == [1, 3]
    assert ax.get_title() == "2 of 4 are wrong"
    few = mistakes(images, [0, 1, 2, 0], [0, 2, 2, 1], count=1)
    assert (few.get_title(), few.texts[0].get_text()) == (
        "2 of 4 are wrong; the first 1",
        "1\nsaid 2",
    )
    none = mistakes(images, [1] * 4, [1] * 4)
    assert none.texts[0].get_text() == "None of 4 are wrong"


def test_labels_that_do_not_fit_the_images_are_said():
    with pytest.raises(ValueError, match="of one length"):
        mistakes(np.zeros((2, 2, 2)), [1, 2], [1])
    with pytest.raises(ValueError, match="2 images and 3 labels"):
        mistakes(np.zeros((2, 2, 2)), [1, 2, 3], [1, 2, 3])


POINTS = np.array([[-1.0, 0], [1, 0], [-1, 1], [1, 1]])


@pytest.mark.parametrize(
    "predict",
    [
        lambda p: (p[:, 0] > 0).astype(int),
        lambda p: (p[:, 0] > 0)[:, None],
        lambda p: 1 / (1 + np.exp(-9 * p[:, 0])),
    ],
    ids=["classes", "a column", "probabilities"],
)
def test_the_boundary_stands_where_the_prediction_changes(predict):
    ax = decision_boundary(predict, POINTS, [0, 1, 0, 1], "two", resolution=101)
    line = next(c for c in ax.collections if np.allclose(c.get_linewidths(), 1.2))
    (path,) = line.get_paths()
    np.testing.assert_allclose(path.vertices[:, 0], 0, atol=0.03)
    assert (ax.get_title(), ax.get_xlabel(), ax.get_ylabel()) == ("two", "$x_1$", "$x_2$")
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["class 0", "class 1"]


def test_a_network_that_says_one_class_everywhere_has_no_boundary():
    ax = decision_boundary(lambda p: np.zeros(len(p)), POINTS, [0, 1, 0, 1])
    assert not any(np.allclose(c.get_linewidths(), 1.2) for c in ax.collections)


def test_predictions_of_torch_are_taken_and_others_are_named():
    torch = pytest.importorskip("torch")
    model = torch.nn.Linear(2, 1)
    decision_boundary(lambda p: model(torch.from_numpy(p)).sigmoid(), POINTS, [0, 1, 0, 1])
    with pytest.raises(ValueError, match="one number a point"):
        decision_boundary(lambda p: p, POINTS, [0, 1, 0, 1])
    with pytest.raises(ValueError, match="points should be"):
        decision_boundary(lambda p: p, POINTS.T, [0, 1, 0, 1])
