"""Text in scripts and with characters that fonts, files or lines trip over."""

from __future__ import annotations

from tests.chainrule.pdf.hazards import Hazard
from tests.chainrule.pdf.notebooks import code, markdown, stream


def _text(name: str, source: str, *shows: str, hides: tuple[str, ...] = ()) -> Hazard:
    return Hazard(
        name,
        markdown(f"left {source} right"),
        ("left", *(shows or (source,)), "right"),
        hides=hides,
    )


HAZARDS = [
    _text("Greek and Cyrillic", "ἀρχή потеря"),
    _text("Vietnamese", "độ dốc ngẫu nhiên"),
    _text("combining marks", "é ñ"),
    _text("a hundred marks on one letter", "z" + "\u0301" * 100 + " end", "end"),
    _text("zero-width characters", "ab\u200bcd\u200c\u200def", "ab", "cd"),
    _text("control characters", "bell \x07 escape \x1b", "⟨U+0007⟩", "⟨U+001B⟩"),
    _text("private use", "icon \ue0a0 sentinel \ue0003\ue001", "⟨U+E0A0⟩", "⟨U+E000⟩3⟨U+E001⟩"),
    _text("lone surrogates", "half \ud83d pair", "⟨U+D83D⟩"),
    _text("noncharacters", "\ufffe \U0010ffff", "⟨U+FFFE⟩", "⟨U+10FFFF⟩"),
    _text(
        "marks that reorder the line", "a \u202edcba\u202c \u2066z\u2069", "⟨U+202E⟩", "⟨U+2066⟩"
    ),
    _text("byte order mark", "\ufeffstart \ufeffmiddle", "start", "middle"),
    _text(
        "line and paragraph separators",
        "one\u2028two\u2029three",
        "one⟨U+2028⟩two⟨U+2029⟩three",
    ),
    _text("a very long word", "W" * 3000, "WWWW"),
    _text("spaces of all widths", "a\u00a0b\u2003c\u3000d", "a", "d"),
    _text("mathematical letters", "𝐱 ∈ ℝ, 𝔼[𝑋]", "ℝ", "𝔼"),
    _text("boxes and bars", "█▓▒░ ┌─┐", "█▓▒░ ┌─┐"),
    _text("ligatures", "fi ffl → <= !=", "<= !="),
    Hazard(
        "line ends of all kinds",
        code("a = 1\r\nb = 2\rc = 3\x0bd = 4\x85e = 5"),
        ("a = 1", "b = 2", "e = 5"),
    ),
    Hazard("tabs and form feeds", code("\tx = 1\x0c\n\t\ty = 2"), ("x = 1", "y = 2")),
    Hazard("wide characters in code", code("名前 = '" + "長い" * 60 + "'"), ()),
    Hazard("surrogates in output", code("x", stream("\udcff\ud800 done")), ("⟨U+DCFF⟩", "done")),
]
