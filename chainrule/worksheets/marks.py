"""What a figure is made of: lines and words, in points (1/72 inch) with y downwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from chainrule.worksheets.labels import Label, Run

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

INK = "#1a1a1a"

SHIFT_SCALE, RAISE, LOWER = 0.72, 0.36, 0.2  # of the size of the text around it

Path = tuple[tuple, ...]
"""Steps ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y) and ("Z",), as SVG has them."""


@dataclass(frozen=True)
class Line:
    """A path, drawn or filled or both. `kind` says what it is, for tests and readers of code."""

    path: Path
    kind: str
    stroke: str | None = INK
    fill: str | None = None
    width: float = 0.8


@dataclass(frozen=True)
class Words:
    """A label whose baseline starts (or ends, or has its middle) at x, y."""

    x: float
    y: float
    label: Label
    size: float
    colour: str
    kind: str
    anchor: str = "start"

    @property
    def left(self) -> float:
        """Where the first character starts, whatever the anchor."""
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]
        return self.x - share * width_of(self.label, self.size)


Mark = Line | Words


def moved(mark: Mark, dx: float, dy: float) -> Mark:
    """The same mark, further right by `dx` and down by `dy`."""
    if isinstance(mark, Words):
        return replace(mark, x=mark.x + dx, y=mark.y + dy)
    path = tuple(
        (letter, *(number + (dy if i % 2 else dx) for i, number in enumerate(numbers)))
        for letter, *numbers in mark.path
    )
    return replace(mark, path=path)


def bend(start: tuple[float, float], end: tuple[float, float]) -> Path:
    """A line that leaves and arrives level."""
    (x0, y0), (x1, y1) = start, end
    if abs(y0 - y1) < 0.05:
        return (("M", x0, y0), ("L", x1, y1))
    middle = (x0 + x1) / 2
    return (("M", x0, y0), ("C", middle, y0, middle, y1, x1, y1))


def pill(x: float, y: float, width: float, height: float) -> Path:
    """A rectangle with round ends; a circle where it is square."""
    r = min(width, height) / 2
    k = 0.5523 * r  # the cubic Bézier nearest to a quarter circle
    right, bottom = x + width, y + height
    return (
        ("M", x + r, y),
        ("L", right - r, y),
        ("C", right - r + k, y, right, y + r - k, right, y + r),
        ("L", right, bottom - r),
        ("C", right, bottom - r + k, right - r + k, bottom, right - r, bottom),
        ("L", x + r, bottom),
        ("C", x + r - k, bottom, x, bottom - r + k, x, bottom - r),
        ("L", x, y + r),
        ("C", x, y + r - k, x + r - k, y, x + r, y),
        ("Z",),
    )


def width_of(label: Label, size: float) -> float:
    """The width of a label whose unshifted text has `size`, set in DejaVu Sans."""
    return sum(run_width(run, size) for run in label)


def run_width(run: Run, size: float) -> float:
    """The width of one run of a label of that size."""
    return _text_width(run.text, run_size(run, size), run.italic)


def run_size(run: Run, size: float) -> float:
    """Shifted text is smaller than the label's size."""
    return size * SHIFT_SCALE if run.shift else size


def run_rise(run: Run, size: float) -> float:
    """How far below the label's baseline this run has its own (negative: above)."""
    return {1: -RAISE, 0: 0.0, -1: LOWER}[run.shift] * size


def _text_width(text: str, size: float, italic: bool) -> float:
    """Character by character, kerning aside: a grader's kernels know most before they start."""
    return size * sum(_advance(character, italic) for character in text)


@lru_cache(maxsize=4096)
def _advance(character: str, italic: bool) -> float:
    """How far a character moves the pen, in ems."""
    from matplotlib.textpath import text_to_path

    return text_to_path.get_text_width_height_descent(character, font(1.0, italic), ismath=False)[0]


@lru_cache(maxsize=64)
def font(size: float, italic: bool) -> FontProperties:
    """DejaVu Sans, which comes with matplotlib, so that every machine measures the same."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(family="DejaVu Sans", style="italic" if italic else "normal", size=size)
