"""Characters that no font at hand can show, written out so that they can be read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from chainrule.pdf import press
from chainrule.pdf.pieces import Problem
from chainrule.pdf.press import Fonts

# What Typst's own fonts and DejaVu Sans are known to have: Latin, Greek, Cyrillic,
# punctuation, arrows, operators, boxes, mathematical letters. And what never shows.
_KNOWN = re.compile(
    "[\x00-\u024f\u0391-\u03c9\u0410-\u044f\u2010-\u2027\u2030-\u203a\u2190-\u21ff\u2200-\u22ff"
    "\u2500-\u259f\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\U0001d400-\U0001d7ff]+"
)
_MOST_NAMED = 8


def fonts_for(code: str, own: Fonts) -> tuple[Fonts, str]:
    """The fonts for a document, and those of its characters that none of them has.

    The machine is asked for its fonts only when our own do not do: what it has
    is different everywhere, and so would be the page.
    """
    asked = "".join(sorted(set(_KNOWN.sub("", code))))
    missing = press.missing(asked, own) if asked else ""
    if not missing:
        return own, ""
    every = replace(own, system=True)
    return every, press.missing(missing, every)


def written_out(code: str, missing: str) -> str:
    """The code with each missing character as ``⟨its name⟩`` or ``⟨U+its number⟩``."""
    if not missing:
        return code
    # The joiners of an emoji would stand between brackets, with nothing to join.
    found = re.compile(f"([{re.escape(missing)}])[\u200d\ufe0e\ufe0f]*")
    return found.sub(lambda one: name(one[1]), code)


def name(char: str) -> str:
    """What stands for a character: the name of a picture, the number of a letter."""
    called = unicodedata.name(char, "").lower()
    if unicodedata.category(char) in ("So", "Sk") and called:
        return f"⟨{called}⟩"
    return f"⟨U+{ord(char):04X}⟩"


def problem(cell: int | None, missing: str) -> Problem:
    """What to tell about the missing characters of a cell."""
    shown = ", ".join(f"{char} as {name(char)}" for char in missing[:_MOST_NAMED])
    more = ", …" if len(missing) > _MOST_NAMED else ""
    return Problem(
        cell,
        f"No font of this machine has the characters {shown}{more}.",
        "Install a font that has them, for instance Noto Sans CJK or Noto Emoji "
        "(without root: copy its file to ~/.local/share/fonts), and export again.",
    )
