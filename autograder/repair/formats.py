"""Every format that a notebook was ever saved in, as one: cells of nbformat 4.5.

Formats 2 and 3 have worksheets, `input` and headings, see
https://github.com/ipython/ipython/wiki/IPEP-17:-Notebook-Format-4; the present
one is https://nbformat.readthedocs.io/en/latest/format_description.html.
nbformat's own `convert` gives up where a file bends the format, and makes up
cell ids anew each time; here the same bytes are always the same notebook.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode

MOST_OUTPUT = 2**20
"""Characters of a cell's outputs that are kept. Grading makes them anew."""

_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_TEXT_TYPES = ("markdown", "html", "rst", "plaintext", "text", "md")
_SURROGATE = re.compile("[\ud800-\udfff]")


def as_notebook(value: NotebookNode, notes: list[str]) -> NotebookNode:
    """A notebook of any format as one of 4.5 whose cells are what the format says.

    Outputs that are no outputs are left out; of ids, only those that are valid
    are there. What changes a student's text is added to `notes`.
    """
    major = value.get("nbformat", 4)
    if isinstance(major, int) and major != 4 and not isinstance(major, bool):
        notes.append(f"the notebook was in format {major} and was read as format 4")
    cells = []
    for number, raw in enumerate(_raw_cells(value), 1):
        cell = _cell(raw, number, notes)
        if cell is not None:
            cells.append(cell)
    metadata = value.get("metadata")
    return NotebookNode(
        cells=cells,
        metadata=metadata if isinstance(metadata, dict) else NotebookNode(),
        nbformat=4,
        nbformat_minor=5,
    )


def _raw_cells(value: NotebookNode) -> Iterator[Any]:
    sheets = value.get("worksheets")
    for holder in (value, *(sheets if isinstance(sheets, list) else ())):
        cells = holder.get("cells") if isinstance(holder, dict) else None
        yield from cells if isinstance(cells, list) else ()


def _cell(raw: Any, number: int, notes: list[str]) -> NotebookNode | None:
    if not isinstance(raw, dict):
        if not str(raw or "").strip():
            return None
        notes.append(f"cell {number} of the file was no cell; its text was kept as a cell of text")
        raw = NotebookNode(cell_type="markdown", source=str(raw))
    kind = _kind(raw)
    source = _clean(_source(raw.get("source", raw.get("input", "")), notes), number, notes)
    if raw.get("cell_type") == "heading":
        level = raw.get("level")
        level = level if isinstance(level, int) and 0 < level < 7 else 1
        source = f"{'#' * level} {' '.join(source.split())}"
    metadata = raw.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else NotebookNode()
    cell = NotebookNode(cell_type=kind, metadata=metadata, source=source)
    # Colab keeps a cell's id in its metadata, as its own notebooks show:
    # https://github.com/googlecolab/colabtools/blob/main/notebooks/colab-github-demo.ipynb
    for found in (raw.get("id"), metadata.get("id")):
        if isinstance(found, str) and _ID.fullmatch(found):
            dict.__setitem__(cell, "id", found)
            break
    if kind == "code":
        count = raw.get("execution_count", raw.get("prompt_number"))
        counted = isinstance(count, int) and not isinstance(count, bool) and count >= 0
        outputs = _outputs(raw.get("outputs"), number, notes)
        dict.update(cell, outputs=outputs, execution_count=count if counted else None)
    elif isinstance(raw.get("attachments"), dict):
        kept = {
            name: content
            for name, content in raw["attachments"].items()
            if _is_bundle(content) and not _SURROGATE.search(name)
        }
        if kept:
            dict.__setitem__(cell, "attachments", NotebookNode(kept))
    return cell


def _kind(raw: NotebookNode) -> str:
    kind = raw.get("cell_type")
    if kind in ("code", "markdown", "raw"):
        return kind
    if kind in _TEXT_TYPES or kind == "heading":
        return "markdown"
    was_run = any(key in raw for key in ("outputs", "execution_count", "input"))
    return "code" if was_run else "markdown"


def _source(source: Any, notes: list[str]) -> str:
    """A cell's text. Scripts write lists of lines that do not end as the format's do."""
    if (
        isinstance(source, list)
        and len(source) > 1
        and all(isinstance(line, str) and "\n" not in line for line in source)
    ):
        notes.append("lines of cells had no line breaks at their ends, which were put back")
        return "\n".join(source)
    return _joined(source)


def _joined(source: Any) -> str:
    if isinstance(source, str):
        return source
    if isinstance(source, list):
        return "".join(map(_joined, source))
    return "" if source is None else json.dumps(source, ensure_ascii=False, default=str)


def _clean(source: str, number: int, notes: list[str]) -> str:
    if "\r" in source:
        source = source.replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in source:
        source = source.replace("\x00", "")
        notes.append(f"zero bytes in cell {number} of the file were left out")
    if not source.isascii() and _SURROGATE.search(source):
        source = _SURROGATE.sub("\ufffd", source)
        notes.append(f"halves of characters in cell {number} of the file were replaced by \ufffd")
    return source


def _outputs(outputs: Any, number: int, notes: list[str]) -> list[NotebookNode]:
    kept: list[NotebookNode] = []
    size = 0
    for output in outputs if isinstance(outputs, list) else ():
        output = _output(output) if isinstance(output, dict) else None
        if output is not None:
            size += _size(output)
            kept.append(output)
    if size > MOST_OUTPUT:
        megabytes = f"{size / 2**20:.1f} MB"
        notes.append(f"the output of cell {number} of the file ({megabytes}) was left out")
        return []
    return kept


def _output(raw: NotebookNode) -> NotebookNode | None:
    """An output with the keys that its type has, and no others; None if it lacks one."""
    kind = raw.get("output_type")
    if kind == "stream":
        if raw.get("name") in ("stdout", "stderr") and isinstance(raw.get("text"), str | list):
            text = _proper(_joined(raw["text"]))
            return NotebookNode(output_type=kind, name=raw["name"], text=text)
    elif kind == "error":
        lines = raw.get("traceback")
        names = (raw.get("ename"), raw.get("evalue"))
        if isinstance(lines, list) and all(isinstance(text, str) for text in (*names, *lines)):
            name, value = map(_proper, names)
            lines = [_proper(line) for line in lines]
            return NotebookNode(output_type=kind, ename=name, evalue=value, traceback=lines)
    elif kind in ("display_data", "execute_result") and isinstance(raw.get("data"), dict):
        data = NotebookNode()
        for mime, content in raw["data"].items():
            is_json = mime == "application/json" or mime.endswith("+json")
            if not mime.isascii() or not (isinstance(content, str | list) or is_json):
                return None
            if not is_json:
                content = _proper(_joined(content))
            elif _SURROGATE.search(str(content)):
                return None
            dict.__setitem__(data, mime, content)
        output = NotebookNode(output_type=kind, data=data, metadata=NotebookNode())
        if kind == "execute_result":
            count = raw.get("execution_count")
            counted = isinstance(count, int) and not isinstance(count, bool) and count >= 0
            output["execution_count"] = count if counted else None
        return output
    return None


def _proper(text: str) -> str:
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _size(output: NotebookNode) -> int:
    texts = output.get("data", output).values()
    return sum(len(text if isinstance(text, str) else str(text)) for text in texts)


def _is_bundle(value: Any) -> bool:
    """An attachment: its content by MIME type."""
    return isinstance(value, dict) and all(
        isinstance(content, str) and f"{mime}{content}".isascii() for mime, content in value.items()
    )
