"""The risky pieces of a document, maths and images, each with what to show if it fails.

Typst compiles a document whole or not at all. So everything that may fail is
kept apart from the text, as an element of one list; when the document does not
compile, the list is halved until the guilty pieces are found, and each of them
falls back to its next alternative, in the end a box that shows its source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chainrule.pdf.images import Image
from chainrule.pdf.maths import Refused, Tex, to_typst
from chainrule.pdf.monospace import shorten
from chainrule.pdf.text import array, literal

# Characters of a source that are boxed within the line, and of what names an image.
_LONGEST_INLINE, _LONGEST_LABEL = 70, 200
_TALL = re.compile(r"\b(?:d?frac|mat|vec|cases|binom|underbrace|overbrace|evaluated)\(")
# A formula in a line as large as one that stands alone.
_DISPLAYED = re.compile(r"\s*\\displaystyle(?![A-Za-z])")

NOT_SET = "The cell could not be set; its source is shown instead."


@dataclass(frozen=True)
class Problem:
    """Something that could not be shown as it should be.

    `cell` counts from 1 and is None for the notebook as a whole. A `fatal`
    problem means that the PDF holds a notice instead of the notebook.
    """

    cell: int | None
    what: str
    remedy: str
    fatal: bool = False


@dataclass(frozen=True)
class Alternative:
    """One way to show a piece, and the problem to report when it has come to that."""

    code: str
    problem: Problem | None = None


class Pieces:
    """The pieces of one document, in the order in which they were added."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._alternatives: list[list[Alternative]] = []
        self._choice: list[int] = []
        self._maths: list[tuple[int, Tex, int]] = []
        self._known: dict[Tex, int] = {}
        self._reported: list[Problem] = []

    def add(self, *alternatives: Alternative) -> str:
        """Add a piece; the Typst expression that shows it comes back."""
        self._alternatives.append(list(alternatives))
        self._choice.append(0)
        return f"pieces.at({len(self._choice) - 1})"

    def add_maths(self, tex: Tex, cell: int) -> str:
        """Add a maths fragment, to be converted with all others by `convert_maths`."""
        if tex in self._known:
            return f"pieces.at({self._known[tex]})"
        index = self._known[tex] = len(self._choice)
        self._maths.append((index, tex, cell))
        return self.add()

    def add_image(self, images: Sequence[Image], cell: int, width: float | None = None) -> str:
        """Add an image, given best format first; `width` in points overrides its own."""
        alternatives = [Alternative(self._image(image, width)) for image in images]
        damaged = "its data are damaged, or too much to draw"
        return self.add(*alternatives, missing_image(damaged, images[0].alt, cell))

    def report(self, problem: Problem) -> None:
        """Note a problem of what is no piece."""
        self._reported.append(problem)

    def convert_maths(self) -> None:
        """Convert all maths fragments in one go."""
        answers = to_typst([tex for _, tex, _ in self._maths])
        for (index, tex, cell), answer in zip(self._maths, answers, strict=True):
            reason = answer.reason if isinstance(answer, Refused) else "it is not valid maths"
            boxed = Alternative(
                _boxed(tex),
                Problem(
                    cell,
                    f"The formula {_excerpt(tex.source)} could not be set: {reason}.",
                    "Correct its LaTeX; until then its source is shown in a box.",
                ),
            )
            if not isinstance(answer, Refused):
                self._alternatives[index].append(Alternative(_equation(answer, tex)))
            self._alternatives[index].append(boxed)

    def typst(self, chosen: Sequence[int] | None = None) -> str:
        """The module that holds all pieces, or only the chosen ones."""
        indices = range(len(self._choice)) if chosen is None else chosen
        codes = (self._alternatives[index][self._choice[index]].code for index in indices)
        return (
            '#import "document.typ" as doc\n'
            '#import "document.typ": dfrac, over, under, evaluated\n'
            f"#let pieces = {array(code + chr(10) for code in codes)}\n"
        )

    def retreat(self, compiles: Callable[[Sequence[int]], bool]) -> bool:
        """Find the pieces that do not compile and give each its next alternative.

        Returns whether there was any.
        """
        risky = [
            index
            for index, choice in enumerate(self._choice)
            if choice + 1 < len(self._alternatives[index])
        ]
        guilty = faulty(risky, compiles)
        for index in guilty:
            self._choice[index] += 1
        return bool(guilty)

    def problems(self) -> list[Problem]:
        """The problems of the alternatives in use, and those that were reported."""
        used = (self._alternatives[index][choice] for index, choice in enumerate(self._choice))
        return self._reported + [one.problem for one in used if one.problem]

    def _image(self, image: Image, width: float | None) -> str:
        name = f"image-{len(self.files)}.{image.kind}"
        self.files[name] = image.data
        wide = width or image.width
        ratio = image.height / image.width if image.height and image.width else None
        size = f"{wide:.2f}pt" if wide else "auto"
        height = f"{wide * ratio:.2f}pt" if wide and ratio else "auto"
        return f'doc.picture("{name}", {size}, {height}, alt: {literal(image.alt)})'


def missing_image(reason: str, label: str, cell: int, remedy: str = "") -> Alternative:
    """The box in the place of an image that cannot be shown."""
    label = _excerpt(label, _LONGEST_LABEL)
    shown = f"Image {label}" if label else "An image"
    return Alternative(
        f"doc.failed-image({literal(label)}, {literal(reason)})",
        Problem(
            cell,
            f"{shown} is not shown: {reason}.",
            remedy or "Run the cell again and save the notebook.",
        ),
    )


def unprintable(kinds: str, cell: int) -> Alternative:
    """The box in the place of what no page can show."""
    return Alternative(
        f"doc.failed({literal('Something that only a browser can show')}, {literal(kinds)})",
        Problem(
            cell,
            f"Content of kind {kinds} cannot be printed: only a browser can show it.",
            "Show it as a figure or as text as well.",
        ),
    )


def too_wide(found: Mapping[str, Any]) -> Problem:
    """The problem of a formula that is shown as its source because no line can hold it."""
    return Problem(
        found["cell"],
        f"The formula {_excerpt(found['source'])} is too wide for the page.",
        "Break it into several lines; until then its source is shown in a box.",
    )


def faulty(indices: Sequence[int], compiles: Callable[[Sequence[int]], bool]) -> list[int]:
    """The members of `indices` that do not compile by themselves, by halving."""
    if not indices or compiles(indices):
        return []
    if len(indices) == 1:
        return list(indices)
    middle = len(indices) // 2
    return faulty(indices[:middle], compiles) + faulty(indices[middle:], compiles)


def _boxed(tex: Tex) -> str:
    source = shorten(tex.source.strip())
    block = tex.display or len(source) > _LONGEST_INLINE
    return f"doc.failed-maths({literal(source)}, block: {_bool(block)})"


def _equation(code: str, tex: Tex) -> str:
    # The source is the formula's text for those who listen to the document.
    alt = literal(tex.source.strip())
    body = f"math.display({code}.body)" if _DISPLAYED.match(tex.source) else f"{code}.body"
    equation = f"math.equation(block: {_bool(tex.display)}, alt: {alt}, {body})"
    return equation if tex.display or not _TALL.search(code) else f"doc.tall({equation})"


def _bool(value: bool) -> str:
    return "true" if value else "false"


def _excerpt(source: str, length: int = 60) -> str:
    text = " ".join(source.split())
    return text if len(text) <= length else text[: length - 1] + "…"
