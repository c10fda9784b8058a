"""Wide figures: whether the writing in them can be read in the width of the text.

A drawing with text in it (a worksheet, above all) or a plot of matplotlib's that
would be shrunk until its text is too small is given the margins, and where that
is not enough, a page in landscape.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chainrule.pdf.images import ImageError, from_output

SMALLEST = 6.75
"""Points below which the text of a drawing is too small."""

SMALLEST_IN_PLOTS = 5.0
"""The same for a plot, whose text is seldom its point: less of it goes to landscape."""

UPRIGHT, SPREAD, TURNED = "upright", "spread", "turned"

# Width and height in points that a figure can have in the text, with the margins,
# and on a page in landscape: see document.typ.
_ROOM = {UPRIGHT: (460.8, 576.0), SPREAD: (525.6, 576.0), TURNED: (705.6, 432.0)}
_WORTH_IT = 1.05
_READ = ("image/svg+xml", "image/png")
_NUMBER = r"(\d+(?:\.\d+)?)"
_SIZE = re.compile(rf"font-size\s*[:=]\s*[\"']?\s*{_NUMBER}(?:px|pt)?\s*[\"';]")
_BOX_WIDTH = re.compile(rf"viewBox\s*=\s*[\"']\s*\S+\s+\S+\s+{_NUMBER}\s")
_SUBSCRIPTS = 0.85
_PLOTTED = b"Software\0Matplotlib"
_PLOT_TEXT = 10  # points of matplotlib's text, unless a student chooses others
_RESOLUTION = re.compile(rb"pHYs(.{4}).{4}\x01", re.DOTALL)


def placed(
    outputs: Sequence[Mapping[str, Any]],
) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """The outputs of a cell in order, those that go together with how they are shown."""
    for how, group in itertools.groupby(outputs, placement):
        yield how, list(group)


def placement(output: Mapping[str, Any]) -> str:
    """How an output is shown: upright, spread over the margins, or turned to landscape."""
    data = output.get("data")
    mime = next((mime for mime in _READ if isinstance(data, Mapping) and mime in data), None)
    if mime is None:
        return UPRIGHT
    try:
        image = from_output(data[mime], mime)
    except ImageError:
        return UPRIGHT
    if not (image.width and image.height) or image.width <= _ROOM[UPRIGHT][0]:
        return UPRIGHT
    if image.kind == "svg":
        size, smallest = _text_size(image.data.decode("utf-8", "replace"), image.width), SMALLEST
    else:
        size, smallest = _plot_text_size(image.data), SMALLEST_IN_PLOTS
    if size is None:
        return UPRIGHT
    factors = {
        how: min(1.0, width / image.width, height / image.height)
        for how, (width, height) in _ROOM.items()
    }
    # What is small at its full size cannot be helped by any page.
    wanted = min(1.0, smallest / size)
    how = next((how for how, factor in factors.items() if factor >= wanted), TURNED)
    return how if factors[how] > _WORTH_IT * factors[UPRIGHT] else UPRIGHT


def _text_size(svg: str, width: float) -> float | None:
    """The size in points of the smallest text that is not a subscript."""
    sizes = [float(size) for size in _SIZE.findall(svg)]
    box = _BOX_WIDTH.search(svg)
    if not sizes or not box or not float(box[1]):
        return None
    usual = statistics.median(sizes)
    return min(size for size in sizes if size >= _SUBSCRIPTS * usual) * width / float(box[1])


def _plot_text_size(png: bytes) -> float | None:
    """The size in points of the text in a plot shown at 96 pixels to the inch.

    Only matplotlib's are known; they say so, and at what resolution they were
    drawn, before the pixels (PNG specification, tEXt and pHYs).
    """
    head = png[:1000]
    resolution = _RESOLUTION.search(head)
    if _PLOTTED not in head or not resolution:
        return None
    per_inch = int.from_bytes(resolution[1], "big") * 0.0254
    return _PLOT_TEXT * per_inch / 96
