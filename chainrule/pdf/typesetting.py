"""From a document to a PDF: the Typst compiler, its fonts, and what to do when it refuses."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

from chainrule.pdf.document import Document
from chainrule.pdf.pieces import Problem, faulty

_DEJAVU = ("", "-Bold", "-Oblique", "-BoldOblique")

# Scripts that the fonts at hand (Libertinus, New Computer Modern, DejaVu) lack.
# Only for those is the machine asked for more fonts: what it has is different
# everywhere, and so would be the page.
_CJK = re.compile("[\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_FOREIGN = re.compile(
    "[\u0900-\u0dff\u0e00-\u109f\u1100-\u139f\u1780-\u18af\U0001f000-\U0001faff]|" + _CJK.pattern
)
_CJK_FONT = re.compile(
    r"CJK|Source Han|WenQuanYi|Droid Sans Fallback|Unifont|PingFang|Hiragino|Heiti|Songti|YaHei"
    r"|SimSun|SimHei|JhengHei|MingLiU|Gothic|Mincho|Meiryo|Malgun|Batang|Nanum|Arial Unicode"
    r"|Noto (?:Sans|Serif) (?:SC|TC|HK|JP|KR)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Typeset:
    """A compiled document: the bytes of the PDF and the marks of its questions."""

    data: bytes
    marks: tuple[Mapping[str, Any], ...]
    pages: int
    problems: tuple[Problem, ...]


class TypesettingError(RuntimeError):
    """Typst refuses even the document without its cells; a fault of ours, not a student's."""


def typeset(document: Document, timestamp: int | None = None) -> Typeset:
    """Compile a document; what does not compile is replaced by a box that shows its source.

    `timestamp` is the time of creation to write into the PDF, in seconds since
    1970 UTC; without one the PDF carries no date.
    """
    with tempfile.TemporaryDirectory(prefix="chainrule-") as folder:
        root = Path(folder)
        (root / "document.typ").write_text(_template(), encoding="utf-8")
        for name, data in document.pieces.files.items():
            (root / name).write_bytes(data)
        return _Press(root, timestamp).print(document)


class _Press:
    """One Typst compiler over one folder; nothing outside of the folder can be read."""

    def __init__(self, root: Path, timestamp: int | None) -> None:
        self._root = root
        self._timestamp = timestamp
        self._fonts = _fonts(system=False)
        self._error = ""

    def print(self, document: Document) -> Typeset:
        if _FOREIGN.search(document.typst()):
            self._fonts = _fonts(system=True)
        data = self._compile(document)
        while data is None and document.pieces.retreat(
            lambda chosen: self._tries(document.only(()), document.pieces.typst(chosen), True)
        ):
            data = self._compile(document)
        broken: frozenset[int] = frozenset()
        if data is None:
            cells = [block.cell for part in document.parts for block in part.blocks]
            broken = frozenset(faulty(cells, lambda some: self._compiles(document, some)))
            data = self._compile(document, broken)
        if data is None:
            raise TypesettingError(self._error)
        marks = json.loads(self._compiler.query("<chainrule-question>", field="value"))
        pages = json.loads(self._compiler.query("<chainrule-pages>", field="value"))
        return Typeset(data, tuple(marks), pages[0], tuple(self._problems(document, broken)))

    def _compiles(self, document: Document, cells: Sequence[int]) -> bool:
        return self._compile(document.only(cells)) is not None

    def _compile(self, document: Document, broken: frozenset[int] = frozenset()) -> bytes | None:
        self._write(document.pieces.typst(), document.typst(broken))
        return self._run()

    def _tries(self, document: Document, pieces: str, show: bool) -> bool:
        main = document.typst() + ("#for piece in pieces { block(piece) }\n" if show else "")
        self._write(pieces, main)
        return self._run() is not None

    def _write(self, pieces: str, main: str) -> None:
        (self._root / "pieces.typ").write_text(pieces, encoding="utf-8")
        (self._root / "main.typ").write_text(main + "#page-count()\n", encoding="utf-8")

    def _run(self) -> bytes | None:
        dated = {"sys_inputs": {"dated": "yes"}, "timestamp": self._timestamp}
        self._compiler = typst.Compiler(
            self._root / "main.typ",
            root=self._root,
            font_paths=self._fonts,
            ignore_system_fonts=True,
        )
        try:
            return self._compiler.compile(
                format="pdf", **(dated if self._timestamp is not None else {})
            )
        except typst.TypstError as error:
            self._error = str(error)
            return None

    def _problems(self, document: Document, broken: frozenset[int]) -> list[Problem]:
        found = [
            Problem(
                number,
                "The cell could not be set; its source is shown instead.",
                "Simplify the cell: very deep nesting is the usual cause.",
            )
            for number in sorted(broken)
        ]
        blocks = [block for part in document.parts for block in part.blocks]
        foreign = next((block.cell for block in blocks if _CJK.search(block.code)), None)
        if foreign and not any(_CJK_FONT.search(name) for name in self._fonts.families()):
            found.append(
                Problem(
                    foreign,
                    "This machine has no font for Chinese, Japanese or Korean; "
                    "the characters are in the PDF, but show as boxes.",
                    "Install such a font (Noto Sans CJK, for one) and export again.",
                )
            )
        return sorted([*document.pieces.problems(), *found], key=lambda one: one.cell or 0)


@lru_cache(maxsize=1)
def _template() -> str:
    return (files("chainrule.pdf") / "document.typ").read_text(encoding="utf-8")


@lru_cache(maxsize=2)
def _fonts(*, system: bool) -> typst.Fonts:
    """Typst's own fonts, DejaVu Sans and, if asked for, those of the machine."""
    return typst.Fonts(include_system_fonts=system, font_paths=[_dejavu().name])


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
