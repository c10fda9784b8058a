"""Reads a notebook out of whatever bytes were handed in, or says what they are instead.

What parses is taken as it is. For what does not, from the least harm to the
most: line breaks in strings, git's conflict markers, a web page around it,
other text before or after it, and at last cell by cell.
"""

from __future__ import annotations

import binascii
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from autograder.repair.conflicts import has_conflict, merged, sides
from autograder.repair.decoding import DOWNLOAD, Unreadable, decode
from autograder.repair.formats import as_notebook
from autograder.repair.parsing import decoder, loads
from autograder.repair.pieces import cell_by_cell
from autograder.repair.words import quoted, short

MOST_CELLS = 5_000
_WRAPPERS = ("ipynb", "content", "notebook", "model", "data")
# A document that begins like a notebook, or like what notebooks are wrapped in.
_BEGIN = re.compile(
    r'\{\s*"(?:cells|metadata|nbformat|nbformat_minor|worksheets|ipynb|content|name|path)"\s*:'
)
_MOST_DOCUMENTS = 4
_DEPTH = 4
# As mail writes "=" and ends its lines: RFC 2045, 6.7.
_OF_MAIL = re.compile(r"=(?:[0-9A-F]{2}|\r?\n)")
_LEAST_OF_MAIL = 5


@dataclass(frozen=True)
class Salvaged:
    """A notebook in the newest format, and what had to be done to read it, in words."""

    notebook: NotebookNode
    notes: tuple[str, ...]


def salvage(data: bytes) -> NotebookNode:
    """The notebook in a file. Raises Unreadable, with a reason its student can act on."""
    return read(data).notebook


def read(data: bytes) -> Salvaged:
    """The notebook in a file, and notes. Raises Unreadable as `salvage` does."""
    notes: list[str] = []
    try:
        text = _out_of_mail(decode(data, notes), notes)
        notebook = as_notebook(_unwrapped(_value(text, notes), notes), notes)
    except RecursionError:
        raise Unreadable("The file is nested deeper than any notebook is. " + _SAVE_AGAIN) from None
    return Salvaged(_of_sane_size(notebook), tuple(dict.fromkeys(notes)))


def _of_sane_size(notebook: NotebookNode) -> NotebookNode:
    if len(notebook.cells) > MOST_CELLS:
        raise Unreadable(
            f"The notebook has {len(notebook.cells)} cells; at most {MOST_CELLS} are read. Remove "
            "those that are not yours, and hand it in again."
        )
    return notebook


def _value(text: str, notes: list[str]) -> Any:
    """The JSON value in a text, read in the first way that finds a notebook."""
    try:
        return loads(text, notes)
    except ValueError:
        pass
    for way in (_lenient, _in_conflict, _in_web_page, _surrounded, cell_by_cell):
        more: list[str] = []
        try:
            value = way(text, more)
        except ValueError:
            continue
        if value is not None:
            notes.extend(more)
            return value
    raise Unreadable(_what_it_is(text))


def _out_of_mail(text: str, notes: list[str]) -> str:
    """A text as it was before it was sent by mail as "quoted-printable"."""
    coded = len(_OF_MAIL.findall(text))
    # In code an equals sign has something else behind it, but for one here and there.
    if text.count("=3D") < _LEAST_OF_MAIL or coded < 0.9 * text.count("="):
        return text
    found = binascii.a2b_qp(text.encode("utf-8", "replace")).decode("utf-8", "replace")
    try:
        _unwrapped(_value(found, []), [])
    except Unreadable:
        return text
    notes.append("the notebook was the text of a mail (quoted-printable) and was decoded")
    return found


def _lenient(text: str, notes: list[str]) -> Any:
    value = loads(text, notes, lenient=True)
    notes.append("there were line breaks or numbers in the file that JSON does not allow")
    return value


def _in_conflict(text: str, notes: list[str]) -> Any:
    if not has_conflict(text):
        return None
    found = []
    for side in sides(text):
        try:
            found.append(_unwrapped(_value(side, []), []))
        except Unreadable:
            found.append(None)
    ours, theirs = found
    if ours is None and theirs is None:
        return None
    notes.append(
        "the conflict markers of git stood in the file; your side (HEAD) counts, and the other "
        "one where only that has an answer"
    )
    if ours is None or theirs is None:
        return theirs if ours is None else ours
    return merged(*(_of_sane_size(as_notebook(side, [])) for side in (ours, theirs)))


def _in_web_page(text: str, notes: list[str]) -> Any:
    begin = text.find(">", max(text.find("<pre"), 0)) + 1
    end = text.rfind("</pre")
    if "<pre" in text and begin < end:
        text = text[begin:end]
    elif "&quot;" not in text:
        return None
    value = loads(html.unescape(text).strip(), notes, lenient=True)
    notes.append("the notebook was saved as a web page and was taken out of it")
    return value


def _surrounded(text: str, notes: list[str]) -> Any:
    """A whole document with something else before or after it; several are put together."""
    begin = _BEGIN.search(text)
    if begin is None:
        return None
    decode_at = decoder().raw_decode
    first, end = decode_at(text, begin.start())
    try:
        first = _unwrapped(first, notes)
    except Unreadable:
        return None
    if begin.start():
        notes.append(_left_out("before the beginning of the notebook", text[: begin.start()]))
    for _ in range(_MOST_DOCUMENTS):
        another = _BEGIN.search(text, end)
        if another is None:
            break
        try:
            second, end = decode_at(text, another.start())
            cells = _unwrapped(second, []).get("cells")
        except (ValueError, Unreadable):
            break
        if isinstance(cells, list) and isinstance(first.get("cells"), list):
            first["cells"] = [*first["cells"], *cells]
            notes.append("the file held the notebook twice, one after the other; both were read")
    if text[end:].strip("\x00 \t\r\n"):
        notes.append(_left_out("after the end of the notebook", text[end:]))
    elif text[end:].strip():
        notes.append("after the end of the notebook stood zero bytes, which were left out")
    return first


def _left_out(where: str, text: str) -> str:
    text = text.strip("\x00 \t\r\n")
    count = f"{len(text)} character{'s' * (len(text) != 1)}"
    return f"{where} stood {count}, left out; what stood there: {quoted(text)}"


def _unwrapped(value: Any, notes: list[str], depth: int = 0) -> NotebookNode:
    """The notebook inside of a JSON value. Raises Unreadable if there is none."""
    if isinstance(value, str) and depth < _DEPTH:
        notes.append("the notebook was stored as one text inside of another")
        return _unwrapped(_value(value, notes), notes, depth + 1)
    if isinstance(value, list) and any(isinstance(v, dict) and "cell_type" in v for v in value):
        notes.append("the file held cells without a notebook around them")
        return NotebookNode(cells=value)
    if isinstance(value, dict) and any(
        isinstance(value.get(key), list) for key in ("cells", "worksheets")
    ):
        return value
    for key, inside in _inside(value) if depth < _DEPTH else ():
        more: list[str] = []
        try:
            found = _unwrapped(inside, more, depth + 1)
        except Unreadable:
            continue
        under = f", under {short(key, 60)!r}" if key else ""
        notes += [*more, f"the notebook lay inside of another document{under}"]
        return found
    raise Unreadable(
        "The file is JSON, but not a notebook: there are no cells in it. " + _SAVE_AGAIN
    )


def _inside(value: Any) -> Iterator[tuple[str, Any]]:
    """What a notebook may lie in, with the names it has there: the usual ones come first."""
    if isinstance(value, list):
        yield from (("", one) for one in value if isinstance(one, dict))
    elif isinstance(value, dict):
        names = dict.fromkeys((*_WRAPPERS, *value))
        for name in names:
            one = value.get(name)
            text = isinstance(one, str) and ("cells" in one or name in _WRAPPERS)
            if text or isinstance(one, dict | list):
                yield name, one


_SAVE_AGAIN = "Open your notebook, save it as .ipynb, and hand that file in."
_LOOKS: tuple[tuple[Callable[[str], Any], str], ...] = (
    (
        re.compile(
            r"\s*(?:\[InternetShortcut\]|<\?xml[^>]{0,100}>\s*<!doctype plist|"
            r"[^\n<{]{0,200}https?://\S{1,500}\s*\Z)",
            re.IGNORECASE,
        ).match,
        f"The file is a link to a notebook, not the notebook. {DOWNLOAD}",
    ),
    (
        re.compile(r"\s*(?:<!doctype html|<html|<\?xml|<head|<body)", re.IGNORECASE).match,
        "The file is a web page, not a notebook: perhaps the page that shows it was saved, or an "
        f"export for reading. {DOWNLOAD}",
    ),
    (
        re.compile(r"^# (?:In\[|%%|coding)|^(?:import|from|def) \w+", re.MULTILINE).search,
        "The file is a Python script, not a notebook: perhaps an export. " + _SAVE_AGAIN,
    ),
    (
        re.compile(r'[\s\S]*"(?:cells|worksheets|cell_type|nbformat)"').match,
        "The file is only a part of a notebook, and no cell of it is whole. It was probably cut "
        "off when it was saved or uploaded: hand it in again.",
    ),
)


def _what_it_is(text: str) -> str:
    for look, reason in _LOOKS:
        if look(text[:200_000]):
            return reason
    return "The file is not a Jupyter notebook. " + _SAVE_AGAIN
