"""What the probe reads of matplotlib's Axes: lines as numbers, and the words around them.

Apart from `probe` because it imports matplotlib. Like the probe it lives among
the student's code, and nothing that it says is believed.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import FigureBase
from matplotlib.legend import Legend
from matplotlib.lines import Line2D

MAX_AXES = 40
MAX_LINES = 20
MAX_POINTS = 20_000
MAX_TEXTS = 50
MAX_TEXT = 200

Look = tuple[tuple[float, ...], str, str]
"""Colour, line style and marker."""


def plots(entry: object) -> list[dict]:
    """The Axes in an Axes, a figure, an artist (a line, say), or a list or array of them.

    TypeError if there is none.
    """
    found: list[Axes] = []
    for axes in _axes_in(entry, depth=3):
        if len(found) < MAX_AXES and axes not in found and axes.get_label() != "<colorbar>":
            found.append(axes)
    if not found:
        raise TypeError(f"expected Axes, but got a {type(entry).__name__}")
    return [_plot(axes) for axes in found]


def _axes_in(entry: object, depth: int) -> Iterator[Axes]:
    if isinstance(entry, Axes):
        yield entry
    elif isinstance(entry, FigureBase):
        yield from entry.axes
    elif isinstance(entry, Artist):
        if isinstance(entry.axes, Axes):
            yield entry.axes
    elif depth and isinstance(entry, list | tuple):
        for part in entry[:1000]:
            yield from _axes_in(part, depth - 1)
    elif isinstance(entry, np.ndarray) and entry.dtype == object:
        for part in entry.flat[:1000]:
            yield from _axes_in(part, 0)


def _plot(axes: Axes) -> dict:
    legends = [legend for legend in (axes.get_legend(), *axes.figure.legends) if legend is not None]
    entries = [entry for legend in legends for entry in _entries(legend)]
    left = list(entries)
    return {
        "title": _words(axes.get_title()),
        "xlabel": _words(axes.get_xlabel()),
        "ylabel": _words(axes.get_ylabel()),
        "xscale": _words(axes.get_xscale()),
        "yscale": _words(axes.get_yscale()),
        "lines": [_line(line, left) for line in axes.get_lines()[:MAX_LINES]],
        "images": len(axes.images),
        "legend": [text for _, text in entries],
        "twins": sum(_same_place(axes, other) for other in axes.figure.axes) - 1,
    }


def _entries(legend: Legend) -> list[tuple[Look | None, str]]:
    """What a legend shows: how each line looks in it, and the text beside it."""
    handles, texts = legend.legend_handles, legend.get_texts()
    pairs = list(zip(handles, texts, strict=False))[:MAX_TEXTS]
    return [(_look(handle), _words(text.get_text())) for handle, text in pairs]


def _look(handle: Artist) -> Look | None:
    """By what a reader tells a line from another; None for what is no line."""
    if not isinstance(handle, Line2D):
        return None
    return to_rgba(handle.get_color()), str(handle.get_linestyle()), str(handle.get_marker())


def _label(line: Line2D, entries: list[tuple[Look | None, str]]) -> str:
    """Its own label, or else what a legend says of its look. Takes that entry away.

    So lines that look alike get the texts in their order, as matplotlib does.
    """
    label = _words(line.get_label())
    if not label.startswith("_"):  # matplotlib's own start so
        return label
    for entry in entries:
        if entry[0] == _look(line):
            entries.remove(entry)
            return entry[1]
    return ""


def _line(line: Line2D, entries: list[tuple[Look | None, str]]) -> dict:
    return {
        "label": _label(line, entries),
        "x": np.asarray(line.get_xdata(orig=False), dtype=float)[:MAX_POINTS],
        "y": np.asarray(line.get_ydata(orig=False), dtype=float)[:MAX_POINTS],
    }


def _same_place(axes: Axes, other: Axes) -> bool:
    return np.array_equal(axes.get_position().bounds, other.get_position().bounds)


def _words(text: object) -> str:
    return str(text)[:MAX_TEXT]
