"""The harmless part of HTML: what Markdown cells and pandas tables are made of.

Tags that mean something on paper are followed, scripts and styles dropped with
their content, and of every other tag only the text remains.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from chainrule.pdf.text import array, boolean, literal, sequence

INLINE = {
    **dict.fromkeys(("b", "strong", "th", "summary"), "strong"),
    **dict.fromkeys(("i", "em", "var", "cite", "dfn"), "emph"),
    **dict.fromkeys(("code", "kbd", "tt", "samp"), "code-span"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "del", "strike"), "strike"),
    "sub": "sub",
    "sup": "super",
    "mark": "highlight",
}
"""HTML tags and the Typst functions that set them."""

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "center",
        "figure",
        "figcaption",
        "details",
        "summary",
        "header",
        "footer",
        "main",
        "caption",
        "dt",
        "dd",
    ]
)
DROPPED = frozenset(["script", "style", "head", "title", "template", "noscript"])
"""HTML tags whose content is not for the reader."""

BROWSERS = frozenset(["iframe", "object", "embed", "canvas", "video", "audio", "svg"])
"""HTML tags of what only a browser can show; their content is for those that cannot."""

WIDEST_TABLE, _SLICE = 12, 6
"""Columns of a table; one that has more is unreadably narrow, so it is shown in slices."""

_VOID = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "col", "area", "base", "embed", "source", "wbr"]
)
# In a long source, a bracket that never closes is text: Python's parser would go
# through the rest of the source for each of them.
_SHORT = 20_000
# Browsers drop these; Python's parser raises on some of them.
_DRAWING = re.compile(r"<svg\b(?:(?!<svg\b)[^\ue000])*?</svg\s*>", re.IGNORECASE)
# Word writes declarations within comments.
_DECLARATION = re.compile(r"<!--(?:(?!<!--)[\s\S])*?-->|<!(?!--)[^>]*>?")
_UNCLOSED = re.compile(r"<(?![^<>]*>)")
# Content nests no deeper than this; what is deeper is shown flat.
_DEEPEST = 40

Attributes = Mapping[str, str]


@dataclass(frozen=True)
class Inlines:
    """How the surroundings of the HTML show its text, its images, and the tags of what only a
    browser can show; and whether they are the cells of a table."""

    text: Callable[[str], Sequence[str]]
    image: Callable[[Attributes], str]
    browser: Callable[[str], str]
    in_table: bool = False


@dataclass
class Node:
    """An element; its children are elements and strings."""

    tag: str
    attributes: Attributes = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)


def render(source: str, inlines: Inlines) -> str:
    """A Typst expression for a fragment of HTML."""
    return sequence(_content(parse(source).children, inlines))


def tables(source: str) -> list[Node]:
    """The outermost tables of a fragment of HTML."""
    return [node for node in _walk(parse(source)) if node.tag == "table"]


def shows(source: str) -> bool:
    """Whether a reader sees anything of a fragment of HTML."""
    tree = parse(source)
    return bool(_text(tree).strip()) or has_pictures(source)


def has_pictures(source: str) -> bool:
    """Whether there is anything in a fragment of HTML but text."""
    return any(node.tag == "img" or node.tag in BROWSERS for node in _walk(parse(source), True))


def parse(source: str) -> Node:
    """The tree of a fragment of HTML; forgiving, as browsers are."""
    reader = _Reader()
    source = _DECLARATION.sub("", _DRAWING.sub(_as_image, source))
    if len(source) > _SHORT:
        source = _UNCLOSED.sub("&lt;", source)
    reader.feed(source)
    reader.close()
    return reader.root


def _as_image(drawing: re.Match[str]) -> str:
    """A drawing within HTML as an image, for this parser does not keep SVG's capitals."""
    svg = drawing[0]
    if "xmlns=" not in svg:
        svg = svg[:4] + ' xmlns="http://www.w3.org/2000/svg"' + svg[4:]
    return f'<img src="data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}">'


def tag(source: str) -> tuple[str, Attributes, bool]:
    """The name, the attributes and whether it closes, of a single tag such as ``</b>``."""
    if source.startswith("</"):
        return source[2:].rstrip("> \n\t").lower(), {}, True
    nodes = [node for node in parse(source).children if isinstance(node, Node)]
    return (nodes[0].tag, nodes[0].attributes, False) if nodes else ("", {}, False)


def rows(table: Node) -> list[list[Node]]:
    """The cells of a table, row by row."""
    found = [node.children for node in _walk(table) if node.tag == "tr"]
    cells = [[cell for cell in row if isinstance(cell, Node)] for row in found]
    return [[cell for cell in row if cell.tag in ("td", "th")] for row in cells]


def slices(table: Node) -> list[Node]:
    """A table, or several of a wide one, with the names of the rows in all of them.

    Empty if it cannot be cut, because its rows differ in length or a cell spans columns.
    """
    cells = [row for row in rows(table) if row]
    width = max(map(len, cells), default=0)
    if width <= WIDEST_TABLE:
        return [table]
    whole = all(
        len(row) == width and not {"colspan", "rowspan"} & {*cell.attributes}
        for row in cells
        for cell in row
    )
    body = [row for row in cells if row[-1].tag == "td"]
    if not whole or not body:
        return []
    names = min(sum(cell.tag == "th" for cell in row) for row in body)
    return [
        Node("table", {}, [Node("tr", {}, [row[at] for at in columns]) for row in cells])
        for columns in slices_of(width, names)
    ]


def slices_of(width: int, names: int) -> list[list[int]]:
    """The columns of each slice of a table, in all of them the first ones, the `names` of rows."""
    if width <= WIDEST_TABLE:
        return [[*range(width)]]
    return [
        [*range(names), *range(start, min(start + _SLICE, width))]
        for start in range(names, width, _SLICE)
    ]


def table(node: Node, inlines: Inlines) -> str:
    """A Typst expression for a table, below what stands in it outside of cells."""
    shown = [_data_table(one, inlines) for one in slices(node) or [node]]
    return sequence([*_content([*_beside_cells(node)], inlines), *shown])


def _beside_cells(node: Node) -> Iterator[Node | str]:
    """A table's caption, and what browsers show above it because it is in none of its cells."""
    for child in node.children:
        if isinstance(child, str):
            if child.strip():
                yield child
        elif child.tag == "tr" or any(inner.tag == "tr" for inner in _walk(child)):
            yield from _beside_cells(child)
        elif node.tag != "tr" or child.tag not in ("td", "th"):
            yield child


def _data_table(node: Node, inlines: Inlines) -> str:
    """A Typst expression for the cells of a table; numbers are aligned to the right."""
    cells = [row for row in rows(node) if row]
    # A cell spans no more than the table has: a made-up span must not add pages.
    most = max((len(row) for row in cells), default=0)
    spans = [
        [(_span(cell, "colspan", most), _span(cell, "rowspan", len(cells) - place)) for cell in row]
        for place, row in enumerate(cells)
    ]
    width = max((sum(columns for columns, _ in row) for row in spans), default=0)
    if not width:
        return sequence(())
    heads = 0
    while heads < len(cells) and all(cell.tag == "th" for cell in cells[heads]):
        heads += 1
    aligns = _alignments(cells[heads:], width)
    shown = [
        array(_table_cell(cell, span, inlines) for cell, span in zip(*row, strict=True))
        for row in zip(cells, spans, strict=True)
    ]
    parts = f"{array(aligns)}, {array(shown[:heads])}, {array(shown[heads:])}"
    return f"data-table({parts}, inner: {boolean(inlines.in_table)})"


def _table_cell(cell: Node, span: tuple[int, int], inlines: Inlines) -> str:
    body = sequence(_content(cell.children, replace(inlines, in_table=True)))
    if cell.tag == "th":
        body = f"strong({body})"
    if span == (1, 1):
        return body
    return f"table.cell(colspan: {span[0]}, rowspan: {span[1]}, {body})"


def _alignments(body: Sequence[Sequence[Node]], width: int) -> list[str]:
    columns: list[list[str]] = [[] for _ in range(width)]
    for row in body:
        if len(row) == width:
            for column, cell in zip(columns, row, strict=True):
                column.append(_text(cell).strip())
    number = re.compile(r"[-+−]?[\d.,]+(e[-+]?\d+)?%?|nan|inf|-inf|None|<NA>", re.IGNORECASE)
    return [
        "right" if column and all(number.fullmatch(text) for text in column) else "left"
        for column in columns
    ]


def _content(children: Sequence[Node | str], inlines: Inlines) -> Iterator[str]:
    for child in children:
        if isinstance(child, str):
            # White space between blocks would make paragraphs of nothing.
            if child.strip() or "\n" not in child:
                yield from inlines.text(re.sub(r"\s+", " ", child))
        else:
            yield from _element(child, inlines)


def _element(node: Node, inlines: Inlines) -> Iterator[str]:
    inner = sequence(_content(node.children, inlines))
    if node.tag in DROPPED:
        return
    if node.tag == "br":
        yield "linebreak()"
    elif node.tag == "hr":
        yield "rule()"
    elif node.tag in BROWSERS:
        yield inlines.browser(node.tag)
    elif node.tag == "img":
        yield inlines.image(node.attributes)
    elif node.tag == "table":
        yield table(node, inlines)
    elif node.tag == "pre":
        lines = _text(node).strip("\n").split("\n")
        yield f"listing({array(sequence([literal(line)]) for line in lines)})"
    elif node.tag in ("ul", "ol"):
        items = [child for child in node.children if isinstance(child, Node) and child.tag == "li"]
        shown = "".join(sequence(_content(item.children, inlines)) + "," for item in items)
        yield f"{'list' if node.tag == 'ul' else 'enum'}({shown})"
    elif re.fullmatch("h[1-6]", node.tag):
        yield f"section-heading({node.tag[1]}, {inner})"
    elif node.tag == "blockquote":
        yield f"quoted({inner})"
    elif node.tag == "a":
        yield link(node.attributes.get("href", ""), inner)
    elif node.tag in INLINE and node.tag not in ("th", "summary"):
        yield f"{INLINE[node.tag]}({inner})"
    else:
        yield f"parbreak();{inner};parbreak()" if node.tag in _BLOCKS else inner


def link(url: str, body: str) -> str:
    """A Typst link, for the few kinds of address that lead somewhere from paper."""
    if re.match(r"(?:https?|mailto):", url, re.IGNORECASE) and len(url) <= 2000:
        return f"weblink({literal(url)}, {body})"
    return body


def _walk(node: Node, into_tables: bool = False) -> Iterator[Node]:
    for child in node.children:
        if isinstance(child, Node):
            yield child
            if into_tables or child.tag != "table":
                yield from _walk(child, into_tables)


def _text(node: Node) -> str:
    if node.tag in DROPPED:
        return ""
    return "".join(child if isinstance(child, str) else _text(child) for child in node.children)


def _span(cell: Node, name: str, most: int) -> int:
    value = cell.attributes.get(name, "1")[:6]
    return max(1, min(int(value), most)) if value.isascii() and value.isdigit() else 1


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in _VOID and len(self._open) < _DEEPEST:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        siblings = self._open[-1].children
        if siblings and isinstance(siblings[-1], str):
            data = siblings.pop() + data
        siblings.append(data)
