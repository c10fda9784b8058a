"""Tables of Markdown, whose rows may be too short or too long, in lists and quotations as well.

mistune gives up a whole table for one such row. Here, as in GitHub's Markdown, what is missing
is empty; but what is too much is not dropped, it joins the last cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import mistune

_LINE = r"^ {0,3}\S[^\n]*\|[^\n]*(?:\n|$)"
_RULE = re.compile(r"[ \t]*\|?([ \t]*:?-+:?[ \t]*\|)*([ \t]*:?-+:?[ \t]*)?")
_BAR = re.compile(r"(?<!\\)\|")
_CODE = re.compile(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")
_MASKED = "\ufdd0"  # a noncharacter, of which `text.clean` has left none


def plugin(markdown: mistune.Markdown) -> None:
    """Let mistune read tables, wherever text may stand."""
    block = markdown.block
    block.register("table", _LINE, _parse, before="paragraph")
    for rules in (block.block_quote_rules, block.list_rules):
        block.insert_rule(rules, "table", before="paragraph")


def _parse(_: Any, found: re.Match[str], state: Any) -> int | None:
    """Take the table that begins with the line that was found; where it ends, if it is one."""
    position = found.end()
    rule = state.get_line(position)
    header, columns = _split(found[0]), _split(rule)
    if "|" not in rule or not _RULE.fullmatch(rule.rstrip()) or len(header) != len(columns):
        return None
    aligns = [_align(column) for column in columns]
    position += len(rule)
    rows = []
    while position < state.cursor_max and _BAR.search(line := state.get_line(position)):
        rows.append({"type": "table_row", "children": _cells(_row(line, len(columns)), aligns)})
        position += len(line)
    head = {"type": "table_head", "children": _cells(header, aligns)}
    body = {"type": "table_body", "children": rows}
    state.append_token({"type": "table", "children": [head, body]})
    return position


def _align(column: str) -> str | None:
    sides = column.startswith(":"), column.endswith(":")
    return {(True, True): "center", (True, False): "left", (False, True): "right"}.get(sides)


def _cells(texts: Sequence[str], aligns: Sequence[str | None]) -> list[dict[str, Any]]:
    """mistune's tokens for the cells of a row; it reads their texts by itself."""
    return [
        {"type": "table_cell", "text": text, "attrs": {"align": align}}
        for text, align in zip(texts, aligns, strict=True)
    ]


def _row(line: str, width: int) -> list[str]:
    """The texts of a row's cells, as many as the table has columns."""
    cells = _split(line)
    if len(cells) > width:
        # A bar in code divides cells, unless that makes too many of them.
        masked = _CODE.sub(lambda code: code[0].replace("|", _MASKED), line)
        cells = [cell.replace(_MASKED, "|") for cell in _split(masked)]
    if len(cells) > width:
        cells[width - 1 :] = [" | ".join(cells[width - 1 :])]
    return [*cells, *[""] * (width - len(cells))]


def _split(line: str) -> list[str]:
    bare = line.strip().removeprefix("|")
    if bare.endswith("|") and not bare.endswith(r"\|"):
        bare = bare[:-1]
    return [cell.strip() for cell in _BAR.split(bare)]
