"""From a document to a PDF: the Typst compiler, its fonts, and what to do when it refuses."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from chainrule.pdf import fitting, glyphs, press
from chainrule.pdf.document import Document
from chainrule.pdf.fitting import Fit
from chainrule.pdf.pieces import NOT_SET, Problem, faulty, too_wide
from chainrule.pdf.press import Fonts, Jam, Printed
from chainrule.pdf.questions import PageMap

_DEJAVU = ("", "-Bold", "-Oblique", "-BoldOblique")

_PATIENCE = 10.0
"""Seconds for one try to compile a document; a notebook of thirty cells takes a tenth of one."""

_PER_MEGABYTE = 20.0
"""Seconds more for each megabyte of Typst code; text takes two to six."""

_PROBE = 4.0
"""Seconds for one try to find out which piece takes too long."""

_ALTOGETHER = 60.0
"""Seconds after which whatever has not been tried yet counts as too slow."""

_PLACES, _PAGE_MAP = "<chainrule-place>", "<chainrule-page-map>"
_TOO_WIDE = "<chainrule-too-wide>"


@dataclass(frozen=True)
class Typeset:
    """A compiled document: the bytes of the PDF, its page map, and where its parts are.

    `places` are marks at the start and the end of each part:
    ``{"part": index, "page": n, "y": points from the top}``.
    """

    data: bytes
    pages: PageMap
    places: tuple[Mapping[str, Any], ...]
    problems: tuple[Problem, ...]


class TypesettingError(RuntimeError):
    """Typst refuses the document, or takes too long, even with its cells' sources alone."""


def typeset(
    document: Document, timestamp: int | None = None, *, full_size: bool = False
) -> Typeset:
    """Compile a document; what does not compile is replaced by a box that shows its source.

    `timestamp` is the time of creation to write into the PDF, in seconds since
    1970 UTC; without one the PDF carries no date. `full_size` leaves every
    section at its size, even if its last page has but a few lines on it.
    """
    with tempfile.TemporaryDirectory(prefix="chainrule-") as folder:
        root = Path(folder)
        (root / "document.typ").write_text(_template(), encoding="utf-8")
        for name, data in document.pieces.files.items():
            (root / name).write_bytes(data)
        return _Press(root, timestamp).print(document, full_size=full_size)


class _Press:
    """Tries to compile one document; nothing outside of the folder `root` can be read."""

    def __init__(self, root: Path, timestamp: int | None) -> None:
        self._root = root
        self._timestamp = timestamp
        self._fonts = Fonts((_dejavu().name,))
        self._missing = ""
        self._jam = Jam("")
        self._deadline = time.monotonic() + _ALTOGETHER

    def print(self, document: Document, *, full_size: bool) -> Typeset:
        everything = document.typst() + document.pieces.typst()
        self._fonts, self._missing = glyphs.fonts_for(everything, self._fonts)
        printed = self._compile(document, _PATIENCE)
        # Whatever makes it fail shows in a short time as well, if it is by itself.
        while printed is None and document.pieces.retreat(
            lambda chosen: self._tries(document.only(()), document.pieces.typst(chosen))
        ):
            printed = self._compile(document, _PATIENCE)
        broken: frozenset[int] = frozenset()
        if printed is None:
            cells = [block.cell for part in document.parts for block in part.blocks]
            broken = frozenset(faulty(cells, lambda some: self._compiles(document, some)))
            printed = self._compile(document, _PATIENCE, broken)
        if printed is None:
            # Each cell by itself is well, and all of them together are not.
            broken = frozenset(cells)
            printed = self._compile(document, _PATIENCE, broken)
        if printed is None:
            raise TypesettingError(self._jam.reason)
        problems = self._problems(document, broken)
        if document.budget:
            printed, misfits = self._fit(document, printed, broken)
            problems += misfits
        elif not full_size:
            printed = self._tighten(document, printed, broken)
        problems += map(too_wide, printed.metadata[_TOO_WIDE])
        (pages,) = printed.metadata[_PAGE_MAP]
        places = tuple(printed.metadata[_PLACES])
        problems.sort(key=lambda one: one.cell or 0)
        return Typeset(printed.data, PageMap.from_json(pages), places, tuple(problems))

    def _fit(
        self, document: Document, printed: Printed, broken: frozenset[int]
    ) -> tuple[Printed, list[Problem]]:
        """The same document with every part on the pages that it must take."""

        def compiled(fits: Mapping[int, Fit]) -> Printed | None:
            return self._compile(replace(document, fits=fits), _PATIENCE, broken)

        def measured(fits: Mapping[int, Fit]) -> Mapping[int, int]:
            done = compiled(fits) if self._in_time() else None
            # What takes too long when it is small does not fit.
            return fitting.taken(done.metadata[_PLACES]) if done else dict.fromkeys(fits, 10**6)

        natural, budget = fitting.taken(printed.metadata[_PLACES]), document.budget
        fits = fitting.fitted(natural, budget, measured)
        fixed = compiled(fits) if fits else printed
        if fixed is None or not fitting.kept(fixed.metadata[_PLACES], budget):
            raise TypesettingError(f"The length could not be fixed. {self._jam.reason}")
        found = (
            fitting.problem(document.parts[part].section, natural[part], budget[part], fits[part])
            for part in fits
            if natural[part] > budget[part]
        )
        return fixed, list(found)

    def _tighten(self, document: Document, printed: Printed, broken: frozenset[int]) -> Printed:
        """The same document without last pages of a few lines, as far as they can be spared."""
        natural = fitting.taken(printed.metadata[_PLACES])
        fits = {
            part: fit
            for part, fit in fitting.tightened(printed.metadata[_PLACES]).items()
            # A page in landscape is as large as it is.
            if not any(block.turned for block in document.parts[part].blocks)
        }
        while fits and self._in_time():
            done = self._compile(replace(document, fits=fits), _PATIENCE, broken)
            if done is None:
                break
            pages = fitting.taken(done.metadata[_PLACES])
            spared = {part for part in fits if pages[part] < natural[part]}
            if spared == fits.keys():
                return done
            fits = fitting.tightened_more(fits, spared)
        return printed

    def _compiles(self, document: Document, cells: Sequence[int]) -> bool:
        return self._in_time() and self._compile(document.only(cells), _PROBE) is not None

    def _compile(
        self, document: Document, limit: float, broken: frozenset[int] = frozenset()
    ) -> Printed | None:
        return self._run(document.pieces.typst(), document.typst(broken), limit)

    def _tries(self, document: Document, pieces: str) -> bool:
        main = document.typst() + "#for piece in pieces { block(piece) }\n"
        return self._in_time() and self._run(pieces, main, _PROBE) is not None

    def _in_time(self) -> bool:
        return time.monotonic() < self._deadline

    def _run(self, pieces: str, main: str, limit: float) -> Printed | None:
        files = {"pieces.typ": pieces, "main.typ": main}
        for name, code in files.items():
            shown = glyphs.written_out(code, self._missing)
            (self._root / name).write_text(shown, encoding="utf-8")
        limit += _PER_MEGABYTE * sum(map(len, files.values())) / 1e6
        done = press.compile_pdf(
            self._root, self._fonts, limit, self._timestamp, (_PLACES, _PAGE_MAP, _TOO_WIDE)
        )
        if isinstance(done, Jam):
            self._jam = done
            return None
        return done

    def _problems(self, document: Document, broken: frozenset[int]) -> list[Problem]:
        found = [
            Problem(
                number,
                NOT_SET,
                "Simplify the cell: very deep nesting is the usual cause.",
            )
            for number in sorted(broken)
        ]
        blocks = [block for part in document.parts for block in part.blocks]
        where = {
            char: next((b.cell for b in blocks if char in b.code), None) for char in self._missing
        }
        for cell in sorted(set(where.values()), key=lambda number: number or 0):
            found.append(glyphs.problem(cell, "".join(c for c in where if where[c] == cell)))
        return [*document.pieces.problems(), *found]


@lru_cache(maxsize=1)
def _template() -> str:
    return (files("chainrule.pdf") / "document.typ").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _dejavu() -> tempfile.TemporaryDirectory[str]:
    """A folder with DejaVu Sans, the face of matplotlib's figures, from matplotlib's own files.

    Not matplotlib's folder itself, which also holds a last-resort font with a
    box for every character there is. The folder lives as long as the process,
    because Typst reads a font only when it needs it.
    """
    folder = tempfile.TemporaryDirectory(prefix="chainrule-fonts-")
    spec = find_spec("matplotlib")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        for style in _DEJAVU:
            source = Path(place, "mpl-data", "fonts", "ttf", f"DejaVuSans{style}.ttf")
            if source.is_file():
                Path(folder.name, source.name).write_bytes(source.read_bytes())
    return folder
