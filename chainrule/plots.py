"""Plots with the same look in every notebook, readable in grey and for the colour-blind.

Every function returns its Axes. Nothing is changed for other plots: what is
set, is set on this figure only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# The palette of Okabe and Ito, https://jfly.uni-koeln.de/color/, without its yellow, which is
# too light for a line, and sorted so that neighbours differ in lightness.
COLOURS = ("#0072B2", "#E69F00", "#000000", "#009E73", "#56B4E9", "#D55E00", "#CC79A7")
# Five of one and six of another, so that only after 210 lines two look the same.
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)))
MARKERS = ("o", "s", "^", "D", "v", "P")

_MOST_INSIDE = 5
"""A legend of more labels than this stands beside the lines."""

_MOST_IN_A_COLUMN = 14

_LONG = 25
"""Histories with more numbers than this are drawn without markers."""


def curves(
    histories: Mapping[str, Sequence[float]],
    ylabel: str,
    xlabel: str = "epoch",
    title: str = "",
    *,
    start: int = 1,
    log: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw each history, a list of numbers, as a line over `start`, `start` + 1, …

    `histories` is by label, as in {"train": run.history["train_loss"]}. `log`
    makes the y axis logarithmic. A history without numbers is in the legend only.
    Where one label says "train" and one "test" or "validation", these two look the
    same in every plot.
    """
    from matplotlib.ticker import MaxNLocator

    ax = _axes((6.4, 3.6)) if ax is None else ax
    looks = _looks(list(histories))
    for (label, numbers), look in zip(histories.items(), looks, strict=True):
        y = np.asarray(numbers, dtype=float)
        if y.ndim != 1:
            raise ValueError(f"{label!r} should be a list of numbers; it has the shape {y.shape}.")
        ax.plot(
            np.arange(start, start + len(y)),
            y,
            label=label if len(y) else f"{label} (no numbers)",
            color=COLOURS[look % len(COLOURS)],
            linestyle=DASHES[look % len(DASHES)],
            linewidth=1.8,
            marker=MARKERS[look % len(MARKERS)] if len(y) <= _LONG else None,
            markersize=4,
        )
    _dress(ax, title, xlabel, ylabel)
    # Less than half an epoch beside the lines, or the axis would name one before the first.
    longest = max(map(len, histories.values()), default=0)
    ax.margins(x=min(ax.margins()[0], 0.45 / max(1, longest - 1)))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    if log:
        ax.set_yscale("log")
    ax.grid(visible=True, color="0.88", linewidth=0.8)
    ax.set_axisbelow(True)
    if len(histories) > _MOST_INSIDE:
        beside = {"loc": "center left", "bbox_to_anchor": (1, 0.5)}
        columns = math.ceil(len(histories) / _MOST_IN_A_COLUMN)
        ax.legend(frameon=False, handlelength=3.5, ncols=columns, **beside)
    elif histories:
        # White behind the words, or the grid runs through them.
        ax.legend(edgecolor="none", framealpha=0.9, handlelength=3.5)
    return ax


def image_grid(
    images: Any,
    captions: Sequence[str] | None = None,
    columns: int = 8,
    *,
    title: str = "",
) -> Axes:
    """Draw images side by side, `columns` in a row, each with its caption below.

    `images` are (N, H, W) or (N, H, W, C), or torch's (N, C, H, W) with C of 1
    or 3; numbers from 0 to 255 (integers) or 0 to 1 (floats). All of it is one
    Axes, so that it counts as one plot.
    """
    pictures = _pictures(images)
    count, height, width = pictures.shape[:3]
    texts = [""] * count if captions is None else [str(caption) for caption in captions]
    if len(texts) != count:
        raise ValueError(f"There are {count} images and {len(texts)} captions.")
    lines = max((text.count("\n") + 1 for text in texts if text), default=0)
    # One column is an inch at eight a row, also of a row that is not full; a caption's line
    # is 0.17 inches.
    cell = 7.6 / max(int(columns), 4)
    columns = max(1, min(int(columns), count))
    rows = math.ceil(count / columns)
    tall = cell * height / width + 0.17 * lines + 0.06
    # A title may need more room than a single image.
    ax = _axes((max(cell * columns, 3.0), tall * rows + (0.3 if title else 0.0)))
    below = (tall - cell * height / width) / cell  # in columns, which are the unit of both axes
    step = height / width + below
    for i, (picture, text) in enumerate(zip(pictures, texts, strict=True)):
        x, y = i % columns, (i // columns) * step
        ax.imshow(
            picture,
            cmap="gray",
            vmin=0,
            vmax=1,
            interpolation="nearest",
            extent=(x + 0.03, x + 0.97, y + height / width - 0.03, y + 0.03),
        )
        ax.text(x + 0.5, y + height / width, text, ha="center", va="top", fontsize=8)
    ax.set(xlim=(0, columns), ylim=(rows * step, 0), aspect="equal")
    ax.set_axis_off()
    if title:
        ax.set_title(title, fontsize=11)
    return ax


def mistakes(
    images: Any,
    labels: Sequence[int],
    predicted: Sequence[int],
    classes: Sequence[str] | None = None,
    count: int = 16,
    *,
    columns: int = 8,
) -> Axes:
    """Draw the first `count` images that are predicted wrong, with both classes' names.

    `images` as in `image_grid`; `labels` and `predicted` are (N,) class numbers.
    """
    labels, predicted = np.asarray(_plain(labels)), np.asarray(_plain(predicted))
    if labels.shape != predicted.shape or labels.ndim != 1:
        raise ValueError(
            f"labels and predicted should be two lists of one length; they have the shapes "
            f"{labels.shape} and {predicted.shape}."
        )
    if len(images) != len(labels):
        raise ValueError(f"There are {len(images)} images and {len(labels)} labels.")
    wrong = np.flatnonzero(labels != predicted)
    title = f"{len(wrong)} of {len(labels)} are wrong"
    if not len(wrong):
        ax = _axes((4, 0.8))
        ax.set_axis_off()
        ax.text(0.5, 0.5, title.replace("0 of", "None of"), ha="center", va="center")
        return ax
    shown = wrong[:count]
    names = _Names(classes)
    captions = [f"{names[labels[i]]}\nsaid {names[predicted[i]]}" for i in shown]
    if len(shown) < len(wrong):
        title += f"; the first {len(shown)}"
    return image_grid(_chosen(images, shown), captions, columns, title=title)


def decision_boundary(
    predict: Callable[[np.ndarray], Any],
    points: Any,
    labels: Any,
    title: str = "",
    *,
    ax: Axes | None = None,
    resolution: int = 200,
) -> Axes:
    """Draw which class `predict` gives every place of the plane, and the points of each class.

    `predict` takes float32 points of shape (N, 2) and returns N classes, or N
    probabilities of class 1, between 0 and 1. `points` is (N, 2), `labels` (N,).
    """
    points = np.asarray(_plain(points), dtype=float)
    labels = np.asarray(_plain(labels)).ravel()
    if points.ndim != 2 or points.shape[1] != 2 or len(points) != len(labels):
        raise ValueError(
            f"points should be (N, 2) and labels (N,); they are {points.shape} and {labels.shape}."
        )
    ax = _axes((4.6, 4.2)) if ax is None else ax
    low, high = points.min(axis=0), points.max(axis=0)
    margin = 0.08 * np.maximum(high - low, 1e-9)
    sides = [
        np.linspace(a, b, resolution) for a, b in zip(low - margin, high + margin, strict=True)
    ]
    grid = np.stack(np.meshgrid(*sides), axis=-1)
    plane = np.asarray(_plain(predict(grid.reshape(-1, 2).astype(np.float32))), dtype=float)
    if plane.size != resolution**2:
        raise ValueError(
            f"predict should return one number a point: {resolution**2} of them, "
            f"not an array of shape {plane.shape}."
        )
    plane = plane.reshape(resolution, resolution)
    kinds = np.unique(labels)
    _shade(ax, sides, plane, kinds)
    for i, kind in enumerate(kinds):
        here = points[labels == kind]
        ax.scatter(
            here[:, 0],
            here[:, 1],
            s=18,
            marker=MARKERS[i % len(MARKERS)],
            color=COLOURS[i % len(COLOURS)],
            edgecolors="white",
            linewidths=0.5,
            label=f"class {kind:g}" if np.issubdtype(type(kind), np.number) else str(kind),
        )
    _dress(ax, title, "$x_1$", "$x_2$")
    ax.legend(loc="upper right", framealpha=0.9)
    return ax


class _Names:
    """A class's name by its number; the number itself where there is none."""

    def __init__(self, classes: Sequence[str] | None) -> None:
        self._classes = classes

    def __getitem__(self, label: Any) -> str:
        if self._classes is None or not 0 <= int(label) < len(self._classes):
            return str(label)
        return str(self._classes[int(label)])


def _looks(labels: list[str]) -> list[int]:
    """Which colour, dashes and marker each label gets: 0 for train, 1 for test, then in turn."""
    fixed: dict[int, int] = {}
    for look, words in enumerate((("train",), ("test", "valid"))):
        found = [i for i, s in enumerate(labels) if any(word in str(s).lower() for word in words)]
        if len(found) == 1 and found[0] not in fixed:
            fixed[found[0]] = look
    free = iter([look for look in range(len(labels) + 2) if look not in fixed.values()])
    return [fixed[i] if i in fixed else next(free) for i in range(len(labels))]


def _axes(size: tuple[float, float]) -> Axes:
    from matplotlib import pyplot

    return pyplot.subplots(figsize=size, layout="constrained")[1]


def _dress(ax: Axes, title: str, xlabel: str, ylabel: str) -> None:
    ax.set(xlabel=xlabel, ylabel=ylabel)
    if title:
        ax.set_title(title, fontsize=11)
    ax.spines[["top", "right"]].set_visible(False)


def _shade(ax: Axes, sides: list[np.ndarray], plane: np.ndarray, kinds: np.ndarray) -> None:
    """Light areas for the classes, and a line where they meet."""
    from matplotlib.colors import to_rgb

    def light(colour: str) -> tuple[float, ...]:
        return tuple(0.72 + 0.28 * part for part in to_rgb(colour))

    numeric = (
        kinds.astype(float) if np.issubdtype(kinds.dtype, np.number) else np.arange(len(kinds))
    )
    if len(kinds) <= 2 and plane.min() >= 0 and plane.max() <= 1:
        levels = [-1.0, 0.5, 2.0]
    else:
        ends = numeric.astype(float)
        levels = [ends[0] - 1e9, *((ends[1:] + ends[:-1]) / 2), ends[-1] + 1e9]
    shades = [light(colour) for colour in islice(cycle(COLOURS), len(levels) - 1)]
    ax.contourf(*sides, plane, levels=levels, colors=shades)
    if plane.min() < plane.max():
        ax.contour(*sides, plane, levels=levels[1:-1], colors="0.25", linewidths=1.2)


def _plain(values: Any) -> Any:
    """A torch tensor as an array, wherever it lies; anything else as it is."""
    return values.detach().cpu().numpy() if hasattr(values, "detach") else values


def _chosen(images: Any, where: np.ndarray) -> Any:
    return np.stack([np.asarray(_plain(images[int(i)])) for i in where])


def _pictures(images: Any) -> np.ndarray:
    """Images as (N, H, W) or (N, H, W, 3) floats from 0 to 1."""
    if not hasattr(images, "shape"):
        images = [np.asarray(_plain(image)) for image in images]
    pictures = np.asarray(_plain(images))
    if pictures.ndim == 4 and pictures.shape[-1] not in (1, 3) and pictures.shape[1] in (1, 3):
        pictures = pictures.transpose(0, 2, 3, 1)
    if pictures.ndim == 4 and pictures.shape[-1] == 1:
        pictures = pictures[..., 0]
    if pictures.ndim not in (3, 4) or not len(pictures) or pictures.shape[3:] not in ((), (3,)):
        raise ValueError(
            "images should be (N, H, W), (N, H, W, 3) or (N, 3, H, W), "
            f"at least one; they are {np.shape(images)}."
        )
    scale = 255.0 if pictures.dtype.kind in "iu" else 1.0
    return np.clip(pictures.astype(float) / scale, 0.0, 1.0)
