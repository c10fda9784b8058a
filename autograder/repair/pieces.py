"""Takes a notebook's cells one by one out of a file that is no whole JSON document.

A cell that parses is taken as it is. One that does not is mended: commas that
are missing or too many, and strings and brackets that were never closed
because the file was cut off there. Every step goes forward, so that a hostile
file costs no more than its size.
"""

from __future__ import annotations

import re
from typing import Any

from nbformat import NotebookNode

from autograder.repair.parsing import decoder, loads

_CELLS = re.compile(r'"cells"\s*:\s*\[')
_KEYS = "attachments|cell_type|execution_count|id|input|level|metadata|outputs|source"
_CELL = re.compile(r'\{\s*"(?:' + _KEYS + r')"\s*:')
_STRING = r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)'
_TOKEN = re.compile(_STRING + r'|[{}\[\]:,]|[^\s{}\[\]:,"]+', re.DOTALL)
_SKIP = re.compile(r"[\s,]*")
_VERSION = re.compile(r'"nbformat"\s*:\s*(\d)')
_HALF_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\(?:u[0-9a-fA-F]{0,3})?$")
_EFFORT = 20
"""How often a file may be gone over while looking for the next whole cell."""


def cell_by_cell(text: str, notes: list[str]) -> NotebookNode | None:
    """The cells that can be read out of a damaged file; None if there is not a single one."""
    begin = _CELLS.search(text)
    if begin is None:
        return None
    decode_at = decoder().raw_decode
    search = _Search(text, decode_at)
    cells: list[Any] = []
    mends: list[int] = []
    place = begin.end()
    while True:
        place = _SKIP.match(text, place).end()
        if place >= len(text):
            notes.append(_broken_off(len(cells)))
            break
        if text[place] == "]":
            break
        try:
            cell, place = decode_at(text, place)
        except ValueError:
            following = search.next_cell(place + 1)
            mended, whole, end = _mended(text[place : following or len(text)])
            if _is_cell(mended):
                cells.append(mended)
            if whole:
                mends.append(len(cells))
                place += end
                continue
            if following is None:
                notes.append(_broken_off(len(cells)))
                break
            notes.append(
                f"the file is damaged in cell {len(cells)}: a part of it is lost. Look at the "
                "notebook, and hand it in again if an answer is not whole"
            )
            place = following
        else:
            cells.append(cell)
    if not any(isinstance(cell, dict) for cell in cells):
        return None
    if mends:
        which = f"{len(mends)} cells" if len(mends) > 1 else f"cell {mends[0]}"
        notes.append(f"{which} of the file had commas or brackets amiss, which were mended")
    version = _VERSION.search(text)
    if not notes:
        notes.append("the file was no whole notebook; its cells were all there")
    return NotebookNode(cells=cells, nbformat=int(version[1]) if version else 4)


def _is_cell(value: Any) -> bool:
    # nbgrader's marks have a `cell_type` as well, so that alone does not tell.
    return isinstance(value, dict) and ("source" in value or "input" in value)


def _broken_off(count: int) -> str:
    return (
        f"the file breaks off at cell {count}; what came after that is lost. Open your notebook, "
        "see that all of it is there, and hand it in again"
    )


class _Search:
    """Looks for the next whole cell, with a limit to all that it reads on the way."""

    def __init__(self, text: str, decode_at: Any) -> None:
        self._text = text
        self._decode_at = decode_at
        self._left = _EFFORT * len(text)

    def next_cell(self, start: int) -> int | None:
        for match in _CELL.finditer(self._text, start):
            if self._left < 0:
                return None
            try:
                cell, end = self._decode_at(self._text, match.start())
            except (ValueError, RecursionError) as error:
                place = getattr(error, "pos", len(self._text))
                # To say where it failed, the decoder has counted all lines up to there.
                self._left -= place - match.start() + place // 16 + 1
                continue
            self._left -= end - match.start()
            if _is_cell(cell):
                return match.start()
        return None


def _mended(text: str) -> tuple[Any, bool, int]:
    """A cell out of text that begins with one, whether it was all there, and where it ends."""
    out: list[str] = []
    stack: list[str] = []
    last = ""  # "value", "key", ":", ",", "open" or nothing yet
    end, whole = len(text), False
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token == ":":
            if last == "key":
                out.append(token)
                last = ":"
        elif token == ",":
            if last == "value":
                out.append(token)
                last = ","
        elif token in "}]":
            if ("{" if token == "}" else "[") not in stack:
                continue
            while stack:
                opened = stack.pop()
                _close(out, opened, last)
                last = "value"
                if opened == ("{" if token == "}" else "["):
                    break
            if not stack:
                end, whole = match.end(), True
                break
        else:
            if last == "value":  # a comma is missing
                out.append(",")
                last = ","
            in_object = bool(stack) and stack[-1] == "{"
            is_key = in_object and last in ("open", ",")
            if token in "{[":
                if is_key:
                    continue
                out.append(token)
                stack.append(token)
                last = "open"
                continue
            if token[0] == '"' and not _closed(token):
                token = _HALF_ESCAPE.sub(r"\1", token) + '"'
            elif token[0] != '"' and not _literal(token):
                continue
            if is_key and token[0] != '"':
                continue
            out.append(token)
            last = "key" if is_key else "value"
    while stack:
        _close(out, stack.pop(), last)
        last = "value"
    try:
        value = loads("".join(out), [], lenient=True)
    except ValueError:
        return None, whole, end
    return value, whole, end


def _close(out: list[str], opened: str, last: str) -> None:
    if last == ",":
        out.pop()
    elif last == ":":
        out.append("null")
    elif last == "key":
        out.append(": null")
    out.append("}" if opened == "{" else "]")


def _closed(token: str) -> bool:
    if len(token) < 2 or token[-1] != '"':
        return False
    before = token[:-1]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 0


def _literal(token: str) -> bool:
    return token in ("true", "false", "null") or bool(
        re.fullmatch(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", token)
    )
