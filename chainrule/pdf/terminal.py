"""Terminal output as a terminal would show it: colours, overwritten lines, a bounded length."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chainrule.pdf.monospace import Run, cap, lines, shorten, typeset
from chainrule.pdf.text import array

FIRST, LAST = 80, 30
"""Lines shown of a long output, from its start and its end."""

_SGR = re.compile(r"\x1b\[([0-9;:]*)m")
# Everything else that starts with an escape: cursor moves, titles, links.
_OTHER_ESCAPE = re.compile(
    r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-ln-~]|\x1b[@-Z\\^_=>78()]"
)
_UP = re.compile(r"\x1b\[([0-9]{0,4})A")
_MOVES = re.compile(r"(\n|\r|\x1b\[[0-9]{0,4}A)")
_BASIC = (
    *("24292e", "b3261e", "1b6e37", "8a5a00", "1f4e99", "8b2f8b", "0b6b78", "6b7078"),
    *("57606a", "c93c30", "2a8148", "9a6700", "2f6bc4", "a04ba0", "1a7f8e", "8c9198"),
)


def typeset_stream(text: str) -> str:
    """A Typst array of three: the first lines, how many are left out, and the last lines."""
    shown, omitted, tail = cap(last_frames(text).split("\n"), FIRST, LAST)
    return array((_styled(shown), str(omitted), _styled(tail)))


def last_frames(text: str) -> str:
    """Each line as it stood at the end, when carriage returns had overwritten it.

    A progress bar prints hundreds of frames into one line; the last one is
    what its author saw.
    """
    text = text.replace("\r\n", "\n")
    if _UP.search(text):
        text = _screen(text)
    text = _OTHER_ESCAPE.sub("", text).rstrip("\n")
    if "\r" in text:
        text = "\n".join(_last_frame(line) for line in text.split("\n"))
    return _erased(text).expandtabs(8)


def plain(text: str) -> str:
    """The text without any escape sequence."""
    return _OTHER_ESCAPE.sub("", _SGR.sub("", text))


def _screen(text: str) -> str:
    """The lines after a cursor that moved up had written over them, as nested bars do."""
    rows, row, anew = [""], 0, False
    for part in _MOVES.split(text):
        if part == "\n":
            row, anew = row + 1, False
            if row == len(rows):
                rows.append("")
        elif part == "\r":
            anew = True
        elif up := _UP.fullmatch(part):
            row, anew = max(0, row - int(up[1] or 1)), True
        elif part:
            rows[row], anew = (part if anew else rows[row] + part), False
    return "\n".join(rows)


def _last_frame(line: str) -> str:
    frames = [frame for frame in line.split("\r") if _SGR.sub("", frame).strip()]
    return frames[-1] if frames else ""


def _erased(text: str) -> str:
    if "\b" not in text:
        return text
    kept: list[str] = []
    for char in text:
        if char != "\b":
            kept.append(char)
        elif kept and kept[-1] != "\n":
            kept.pop()
    return "".join(kept)


def _styled(texts: list[str]) -> str:
    if not texts:
        return "()"
    return typeset(lines(list(_runs("\n".join(shorten(text) for text in texts)))))


def _runs(text: str) -> Iterator[Run]:
    foreground: str | None = None
    bold = False
    position = 0
    for found in _SGR.finditer(text):
        if found.start() > position:
            yield _run(text[position : found.start()], foreground, bold)
        foreground, bold = _state(found[1], foreground, bold)
        position = found.end()
    if position < len(text):
        yield _run(text[position:], foreground, bold)


def _run(text: str, foreground: str | None, bold: bool) -> Run:
    if foreground is None and not bold:
        return Run(text)
    colour = f', "{foreground}"' if foreground else ", none"
    return Run(text, "ansi", colour + (", bold: true" if bold else ""))


def _state(codes: str, foreground: str | None, bold: bool) -> tuple[str | None, bool]:
    """The style after a "select graphic rendition" sequence (ECMA-48, 8.3.117)."""
    numbers = [int(code) if code else 0 for code in re.split("[;:]", codes)]
    while numbers:
        code = numbers.pop(0)
        if code == 0:
            foreground, bold = None, False
        elif code == 1:
            bold = True
        elif code == 22:
            bold = False
        elif code == 39:
            foreground = None
        elif 30 <= code <= 37:
            foreground = _BASIC[code - 30]
        elif 90 <= code <= 97:
            foreground = _BASIC[code - 82]
        elif code in (38, 48):
            colour, numbers = _extended(numbers)
            foreground = colour if code == 38 else foreground
    return foreground, bold


def _extended(numbers: list[int]) -> tuple[str | None, list[int]]:
    """A 256-colour or true-colour value, darkened until it can be read on white."""
    if numbers[:1] == [5] and len(numbers) > 1:
        index, rest = numbers[1] % 256, numbers[2:]
        if index < 16:
            return _BASIC[index], rest
        if index >= 232:
            return _readable((8 + 10 * (index - 232),) * 3), rest
        cube = index - 16
        levels = (cube // 36, cube // 6 % 6, cube % 6)
        return _readable(tuple(55 + 40 * level if level else 0 for level in levels)), rest
    if numbers[:1] == [2] and len(numbers) > 3:
        return _readable(tuple(value % 256 for value in numbers[1:4])), numbers[4:]
    return None, []


def _readable(rgb: tuple[int, ...]) -> str:
    # Rec. 601 luma, 0 to 255; 140 is a contrast of about 3.5 : 1 on white.
    luma = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2]
    scale = min(1.0, 140 / luma) if luma else 1.0
    return "".join(f"{round(value * scale):02x}" for value in rgb)
