"""Student text on its way into Typst: made safe to print, then quoted.

Nothing a student writes is ever Typst code. Text reaches the compiler only as
a string literal made by `literal`, and only after `clean` has replaced what no
font can show or what would upset the page.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from html.entities import html5

# C0 and C1 controls but tab and newline; the invisible marks that end or reorder a
# line (a reader must not see other code than Python ran); private use, where the maths
# placeholders live; surrogates and noncharacters, which UTF-8 or Unicode forbid.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff"
    "\U000f0000-\U0010ffff]"
)
_LONG_WORD = re.compile(r"(\S{60,})")
_ENTITY = re.compile(r"&(?:([A-Za-z][A-Za-z0-9]{1,31};)|#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};)")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
# The one in "the layers' weights", if no quotation has been opened with the same sign.
_AFTER_S = re.compile(r"(?<=s)'(?!\w)")
_OPENING = re.compile(r"(?<![^\W_])'")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def clean(text: str) -> str:
    """Text with unprintable characters written out, as in ``⟨U+0007⟩``.

    Line ends become ``\\n``. A carriage return that is not part of a line end
    is written out too, so output streams go through `terminal` first.
    """
    text = text.replace("\r\n", "\n")
    return _UNPRINTABLE.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def unescape(text: str) -> str:
    """Text with the characters that HTML's entities stand for.

    As CommonMark has it, those without a semicolon are none: an address has ``&copy=2`` in it.
    """
    return _ENTITY.sub(_entity, text)


def _entity(found: re.Match[str]) -> str:
    return html5.get(found[1], found[0]) if found[1] else html.unescape(found[0])


def literal(text: str) -> str:
    """The Typst string literal that prints exactly this text."""
    return '"' + "".join(_ESCAPES.get(char, char) for char in clean(text)) + '"'


def words(text: str) -> list[str]:
    """Typst expressions for a text, with the apostrophes and double quotes of print.

    The sign × is as large as in a formula.
    Other single quotes stay: where they are not in a code span, they are mostly code.
    """
    shown: list[str] = []
    text = _APOSTROPHE.sub("’", text)
    if not _OPENING.search(text):
        text = _AFTER_S.sub("’", text)
    for part in re.split('(["×])', text):
        if part == '"':
            # Typst knows from the signs around it whether it opens or closes.
            shown.append("smartquote()")
        elif part == "×":
            shown.append("times-sign")
        elif part:
            shown += breakable(part)
    return shown


def is_right_to_left(text: str) -> bool:
    """Whether its first letter is of a script from right to left (UAX #9, P2 and P3)."""
    kinds = map(unicodedata.bidirectional, text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


def sequence(parts: Iterable[str]) -> str:
    """One Typst expression that shows the given expressions one after the other."""
    # The empty content in front keeps a block of strings content, not a string,
    # and an empty block content, not none.
    return "{" + ";".join(["[]", *parts]) + "}"


def breakable(text: str) -> list[str]:
    """Typst expressions for a text, in which words too long for a line may be broken."""
    return [
        f"long-word({literal(part)})" if _LONG_WORD.fullmatch(part) else literal(part)
        for part in _LONG_WORD.split(text)
        if part
    ]


def boolean(value: bool) -> str:
    """The Typst literal of a truth value."""
    return "true" if value else "false"


def array(items: Iterable[str]) -> str:
    """A Typst array of the given expressions."""
    return "(" + "".join(item + "," for item in items) + ")"


def columns(text: str) -> int:
    """How many columns of a monospaced line the text takes; East Asian wide ones take two."""
    if text.isascii():
        return len(text)
    return sum(_char_columns(char) for char in text)


def _char_columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def slice_columns(text: str, room: int) -> int:
    """The number of characters of `text` that fit into `room` columns."""
    if text.isascii():
        return room
    taken = 0
    for index, char in enumerate(text):
        taken += _char_columns(char)
        if taken > room:
            return index
    return len(text)
