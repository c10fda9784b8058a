"""What the probe reads of matplotlib's Axes: lines as numbers, and the words around them.

Apart from `probe` because it imports matplotlib. Like the probe it lives among
the student's code, and nothing that it says is believed.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import FigureBase

MAX_AXES = 40
MAX_LINES = 20
MAX_POINTS = 20_000
MAX_TEXT = 200


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
    legend = axes.get_legend()
    return {
        "title": _words(axes.get_title()),
        "xlabel": _words(axes.get_xlabel()),
        "ylabel": _words(axes.get_ylabel()),
        "xscale": _words(axes.get_xscale()),
        "yscale": _words(axes.get_yscale()),
        "lines": [_line(line) for line in axes.get_lines()[:MAX_LINES]],
        "images": len(axes.images),
        "legend": [_words(text.get_text()) for text in legend.get_texts()[:50]] if legend else [],
        "twins": sum(_same_place(axes, other) for other in axes.figure.axes) - 1,
    }


def _line(line: Artist) -> dict:
    label = _words(line.get_label())
    return {
        "label": "" if label.startswith("_") else label,  # matplotlib's own, not for a legend
        "x": np.asarray(line.get_xdata(orig=False), dtype=float)[:MAX_POINTS],
        "y": np.asarray(line.get_ydata(orig=False), dtype=float)[:MAX_POINTS],
    }


def _same_place(axes: Axes, other: Axes) -> bool:
    return np.array_equal(axes.get_position().bounds, other.get_position().bounds)


def _words(text: object) -> str:
    return str(text)[:MAX_TEXT]
