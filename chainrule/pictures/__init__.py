"""`picture`: the illustrations of the notebooks, drawn beforehand.

A cell that shows one is a single short line, and costs no time when a class is graded. How each
is drawn stands in `chainrule.pictures.drawings`.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Picture:
    """An illustration: its SVG, and in words what is on it."""

    name: str
    svg: str

    @property
    def words(self) -> str:
        """What a screen reader says, and a terminal shows."""
        (found,) = re.findall(r"<desc[^>]*>(.*?)</desc>", self.svg, re.DOTALL)
        return html.unescape(found)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"image/svg+xml": self.svg, "text/plain": self.words}


def picture(name: str) -> Picture:
    """The illustration of this name, for the last line of a cell. ValueError if there is none."""
    path = FOLDER / f"{name}.svg"
    if name not in names():
        raise ValueError(f"There is no picture {name!r}. There are: {', '.join(names())}.")
    return Picture(name, path.read_text("utf-8"))


def names() -> list[str]:
    """The names of all pictures."""
    return sorted(path.stem for path in FOLDER.glob("*.svg"))
