"""What a student must not see: hidden tests and marking schemes.

nbgrader cuts both out of the released notebook and puts them back to grade.
After that they stand in the source, and again, line by line, in every
traceback that passes through them (nbgrader issues #917 and #1363).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SCHEME = "MARK SCHEME"
_BEGIN = re.compile(rf"BEGIN (HIDDEN TESTS|{_SCHEME})")
_ANSI = re.compile(r"\x1b\[[0-9;:?]*[A-Za-z]")
# IPython numbers the source lines of a traceback: "---> 12 assert x" or "     13 y".
_NUMBER = re.compile(r"^\s*(?:-+>)?\s*\d+\s?")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
MASK = "[hidden test]"


@dataclass(frozen=True)
class Hidden:
    """The hidden lines of a notebook, to keep out of its outputs."""

    lines: frozenset[str]

    def mask(self, text: str) -> str:
        """The text with each line that repeats a hidden one replaced by a mask."""
        if not self.lines:
            return text
        return "\n".join(MASK if self._is_hidden(line) else line for line in text.split("\n"))

    def mask_traceback(self, text: str, error: str) -> str:
        """A traceback without hidden lines; cut to the error's name if a hidden line raised it.

        The message of a hidden assertion often states the expected value.
        """
        masked = self.mask(text)
        return f"{error} {MASK}" if masked != text else text

    def _is_hidden(self, line: str) -> bool:
        bare = _ANSI.sub("", line)
        return _squeezed(bare) in self.lines or _squeezed(_NUMBER.sub("", bare)) in self.lines


def split(source: str) -> tuple[str, list[str]]:
    """A cell's source without its hidden regions, and the hidden lines.

    A region that is never closed hides everything to the end of the cell:
    too little is better than a leak.
    """
    shown: list[str] = []
    hidden: list[str] = []
    ending: str | None = None
    for line in source.split("\n"):
        opening = _BEGIN.search(line)
        if ending is None and opening:
            ending = f"END {opening[1]}"
        elif ending is None:
            shown.append(line)
        elif ending in line:
            ending = None
        else:
            hidden.append(line)
    return ("\n".join(shown).rstrip() if hidden or ending else "\n".join(shown)), hidden


def quoted(source: str) -> str:
    """A text with its marking schemes as quotations, in which every line is a line."""
    shown: list[str] = []
    inside = False
    for line in source.split("\n"):
        if f"BEGIN {_SCHEME}" in line:
            inside = True
            shown += ["", "> **Marking scheme**", ">"]
        elif f"END {_SCHEME}" in line:
            inside = False
            shown.append("")
        else:
            # An empty line after it makes it a paragraph, but would take a list apart.
            shown += [f"> {line}", *([] if _ITEM.match(line) else [">"])] if inside else [line]
    return "\n".join(shown)


def collect(sources: Iterable[str]) -> Hidden:
    """The hidden lines of all cells of a notebook."""
    lines = (_squeezed(line) for source in sources for line in split(source)[1])
    # A lone bracket or `pass` gives nothing away and stands in visible code as well.
    return Hidden(frozenset(line for line in lines if len(line) >= 6))


def _squeezed(line: str) -> str:
    return "".join(line.split())
