"""Markdown cells to Typst, parsed by mistune, the parser that nbconvert uses.

Maths is taken out before Markdown is parsed, as Jupyter does it, so that
``$a_1 | b_2$`` neither starts emphasis nor splits a table; a placeholder of two
private-use characters holds its place. Where the placeholder turns out to
stand in code or in an address, the source goes back in.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import mistune

from chainrule.pdf import code, markup
from chainrule.pdf.images import ImageError, from_link
from chainrule.pdf.maths import Tex
from chainrule.pdf.monospace import typeset
from chainrule.pdf.pieces import Pieces, missing_image
from chainrule.pdf.text import array, breakable, clean, literal, sequence

Token = dict[str, Any]

_PLACEHOLDER = re.compile(r"\ue000(\d+)\ue001|%EE%80%80(\d+)%EE%80%81")
_ENVIRONMENTS = (
    "equation|align|alignat|aligned|gather|gathered|multline|eqnarray|flalign|split|cases|array"
    "|displaymath|math|[bpvBV]?matrix|smallmatrix"
)
_MATHS = re.compile(
    rf"""
    (?P<code>^[ \t>]*(?P<fence>`{{3,}}|~{{3,}})[^\n]*\n[\s\S]*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)
      | (?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])*?(?<!`)(?P=ticks)(?!`))
  | (?P<escaped>\\\$)
  | \$\$(?P<dollars>(?:(?!\$\$)[\s\S])+?)(?<!\\)\$\$
  | \\\\\[(?P<brackets>[\s\S]+?)\\\\\]
  | (?P<environment>\\begin\{{(?P<name>(?:{_ENVIRONMENTS})\*?)\}}[\s\S]*?\\end\{{(?P=name)\}})
  | (?<!\$)\$(?!\$)(?P<inline>(?:[^$\\\n]|\\[\s\S]|\n(?![ \t]*\n))+?)\$(?![\d$])
  | \\\\\((?P<parens>(?:(?!\n[ \t]*\n)[\s\S])+?)\\\\\)
    """,
    re.VERBOSE | re.MULTILINE,
)


@dataclass(frozen=True)
class Parsed:
    """A parsed cell: mistune's tokens, and the maths that the placeholders stand for."""

    tokens: tuple[Token, ...]
    maths: tuple[tuple[Tex, str], ...] = ()

    def restored(self, raw: str) -> str:
        """Text with the notebook's own source in the place of placeholders."""
        return _PLACEHOLDER.sub(lambda found: (self.formula(found) or (None, ""))[1], raw)

    def formula(self, found: re.Match[str]) -> tuple[Tex, str] | None:
        """The formula of a placeholder; None for one that a student made up."""
        index = int(found[1] or found[2])
        return self.maths[index] if index < len(self.maths) else None


@dataclass(frozen=True)
class Surroundings:
    """What a cell's text may refer to, and where its risky pieces go."""

    pieces: Pieces
    cell: int
    folder: Path | None = None
    attachments: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def parse(source: str) -> Parsed:
    """Parse a Markdown source."""
    found: list[tuple[Tex, str]] = []

    def take(match: re.Match[str]) -> str:
        tex = _tex(match)
        if tex is None:
            return match[0]
        found.append((tex, match[0]))
        return f"\ue000{len(found) - 1}\ue001"

    tokens = _parser()(_MATHS.sub(take, clean(source)))
    return Parsed(tuple(tokens), tuple(found))


def headline(parsed: Parsed) -> str | None:
    """The text of the first heading, with formulas as in the source; None without one."""
    for token in parsed.tokens:
        if token["type"] == "heading":
            return " ".join(_plain(token.get("children", ()), parsed).split()) or None
    return None


def with_title(parsed: Parsed, kind: str) -> Parsed:
    """The same cell with its first heading set by the function `kind` of document.typ."""
    tokens = list(parsed.tokens)
    for index, token in enumerate(tokens):
        if token["type"] == "heading":
            tokens[index] = {**token, "type": kind}
            break
    return Parsed(tuple(tokens), parsed.maths)


def title(parsed: Parsed, around: Surroundings) -> str:
    """A Typst expression for the inside of the first heading; empty without one."""
    for token in parsed.tokens:
        if token["type"] == "heading":
            return sequence(_Renderer(parsed, around).inlines(token.get("children", ())))
    return ""


def split_title(parsed: Parsed) -> tuple[Parsed | None, Parsed]:
    """A cell's opening heading of level 1 by itself, and the rest."""
    for index, token in enumerate(parsed.tokens):
        if token["type"] == "heading" and token["attrs"]["level"] == 1:
            title = Parsed(tuple(token.get("children", ())), parsed.maths)
            return title, Parsed(parsed.tokens[index + 1 :], parsed.maths)
        if token["type"] != "blank_line":
            break
    return None, parsed


def render(parsed: Parsed, around: Surroundings) -> str:
    """A Typst expression that shows a parsed cell."""
    return sequence(_Renderer(parsed, around).blocks(parsed.tokens))


def render_inline(parsed: Parsed, around: Surroundings) -> str:
    """A Typst expression for tokens that are the inside of a line, such as a title's."""
    return sequence(_Renderer(parsed, around).inlines(parsed.tokens))


@lru_cache(maxsize=1)
def _parser() -> mistune.Markdown:
    return mistune.create_markdown(
        renderer=None, plugins=["table", "strikethrough", "url", "task_lists"]
    )


def _tex(match: re.Match[str]) -> Tex | None:
    if match["code"] is not None or match["escaped"] is not None:
        return None
    inline = match["inline"]
    if inline is not None:
        # "5$ and 6$" is money: a formula has a space at both ends or at neither.
        if inline[0].isspace() != inline[-1].isspace():
            return None
        return Tex(inline)
    if match["parens"] is not None:
        return Tex(match["parens"])
    display = match["dollars"] or match["brackets"] or match["environment"]
    # In a quotation, the lines of a display begin with the quotation's marks.
    return Tex(re.sub(r"\n[ \t]*(?:>[ \t]?)+", "\n", display), display=True)


def _plain(tokens: Sequence[Token], parsed: Parsed) -> str:
    parts = []
    for token in tokens:
        if "children" in token:
            parts.append(_plain(token["children"], parsed))
        elif token["type"] in ("softbreak", "linebreak"):
            parts.append(" ")
        elif token["type"] != "inline_html":
            text = parsed.restored(token["raw"])
            parts.append(text if token["type"] == "codespan" else html.unescape(text))
    return "".join(parts)


@dataclass(frozen=True)
class _Renderer:
    parsed: Parsed
    around: Surroundings

    def blocks(self, tokens: Sequence[Token]) -> Iterator[str]:
        for token in tokens:
            yield from getattr(self, "_" + token["type"], self._unknown)(token)

    def inlines(self, tokens: Sequence[Token]) -> Iterator[str]:
        """Inline tokens; raw HTML tags among them are paired up as far as they go."""
        open_tags: list[tuple[str, str, list[str]]] = []
        level: list[str] = []

        for token in tokens:
            if token["type"] == "softbreak" and level and level[-1].startswith("display("):
                continue
            if token["type"] != "inline_html":
                level.extend(getattr(self, "_" + token["type"], self._unknown)(token))
                continue
            name, attributes, closing = markup.tag(self.parsed.restored(token["raw"]))
            if closing and any(name == opened for opened, _, _ in open_tags):
                while True:
                    innermost = open_tags[-1][0]
                    level = self._wrapped(open_tags.pop(), level)
                    if innermost == name:
                        break
            elif closing:
                continue
            elif name == "br":
                level.append("linebreak()")
            elif name == "img":
                level.append(self._image_of(attributes))
            elif name in markup.INLINE or name in markup.DROPPED or name == "a":
                open_tags.append((name, attributes.get("href", ""), level))
                level = []
        while open_tags:
            level = self._wrapped(open_tags.pop(), level)
        yield from level

    def _wrapped(self, opened: tuple[str, str, list[str]], inner: list[str]) -> list[str]:
        name, url, outer = opened
        body = sequence(inner)
        if name in markup.DROPPED:
            return outer
        if name == "a":
            return [*outer, markup.link(url, body)]
        return [*outer, f"{markup.INLINE[name]}({body})"]

    # Blocks

    def _paragraph(self, token: Token) -> Iterator[str]:
        children = token.get("children", ())
        yield from self.inlines(children)
        yield "parbreak()"

    def _block_text(self, token: Token) -> Iterator[str]:
        yield from self.inlines(token.get("children", ()))

    def _heading(self, token: Token) -> Iterator[str]:
        yield f"section-heading({token['attrs']['level']}, {self._inside(token)})"

    def _question_title(self, token: Token) -> Iterator[str]:
        yield f"question-title({self._inside(token)})"

    def _blank_line(self, token: Token) -> Iterator[str]:
        yield "parbreak()"

    def _thematic_break(self, token: Token) -> Iterator[str]:
        yield "rule()"

    def _block_quote(self, token: Token) -> Iterator[str]:
        yield f"quoted({sequence(self.blocks(token['children']))})"

    def _block_code(self, token: Token) -> Iterator[str]:
        language = (token.get("attrs") or {}).get("info") or ""
        source = self.parsed.restored(token["raw"]).rstrip("\n")
        lines = code.highlight(source, language.split()[0] if language.split() else "text")
        yield f"listing({typeset(lines)})"

    def _block_html(self, token: Token) -> Iterator[str]:
        inlines = markup.Inlines(lambda text: list(self._pieces(text, False)), self._image_of)
        yield markup.render(token["raw"], inlines)

    def _list(self, token: Token) -> Iterator[str]:
        attributes = token["attrs"]
        items = "".join(sequence(self._item(item)) + "," for item in token["children"])
        tight = "true" if token.get("tight") else "false"
        if attributes.get("ordered"):
            start = min(int(attributes.get("start", 1)), 10**9)
            yield f"enum(tight: {tight}, start: {start}, {items})"
        else:
            yield f"list(tight: {tight}, {items})"

    def _item(self, token: Token) -> Iterator[str]:
        if token["type"] == "task_list_item":
            yield f"task-box({'true' if token['attrs']['checked'] else 'false'})"
        yield from self.blocks(token["children"])

    def _table(self, token: Token) -> Iterator[str]:
        head = next(part for part in token["children"] if part["type"] == "table_head")
        bodies = [part for part in token["children"] if part["type"] == "table_body"]
        aligns = [cell["attrs"].get("align") or "left" for cell in head["children"]]
        header = array(f"strong({self._inside(cell)})" for cell in head["children"])
        rows = [
            array(self._inside(cell) for cell in row["children"])
            for body in bodies
            for row in body["children"]
        ]
        yield f"data-table({array(aligns)}, {array([header])}, {array(rows)})"

    def _unknown(self, token: Token) -> Iterator[str]:
        if "children" in token:
            yield from self.blocks(token["children"])
        elif token.get("raw"):
            yield from self._pieces(token["raw"], True)

    # Inlines

    def _text(self, token: Token) -> Iterator[str]:
        yield from self._pieces(token["raw"], True)

    def _emphasis(self, token: Token) -> Iterator[str]:
        yield f"emph({self._inside(token)})"

    def _strong(self, token: Token) -> Iterator[str]:
        yield f"strong({self._inside(token)})"

    def _strikethrough(self, token: Token) -> Iterator[str]:
        yield f"strike({self._inside(token)})"

    def _codespan(self, token: Token) -> Iterator[str]:
        yield f"code-span({literal(self.parsed.restored(token['raw']))})"

    def _linebreak(self, token: Token) -> Iterator[str]:
        yield "linebreak()"

    def _softbreak(self, token: Token) -> Iterator[str]:
        yield literal(" ")

    def _link(self, token: Token) -> Iterator[str]:
        yield markup.link(
            self.parsed.restored(token["attrs"].get("url") or ""), self._inside(token)
        )

    def _image(self, token: Token) -> Iterator[str]:
        alt = _plain(token.get("children", ()), self.parsed)
        yield self._image_of({"src": token["attrs"].get("url") or "", "alt": alt})

    def _image_of(self, attributes: markup.Attributes) -> str:
        url, alt = self.parsed.restored(attributes.get("src", "")), attributes.get("alt", "")
        around = self.around
        try:
            image = from_link(url, around.folder, around.attachments, alt)
        except ImageError as error:
            label = alt or ("" if url.startswith("data:") else url[:200])
            box = missing_image(str(error), label, around.cell, error.remedy)
            return around.pieces.add(box)
        width = attributes.get("width", "").removesuffix("px")
        pixels = float(width) if width.isascii() and width.isdigit() and int(width) else None
        return around.pieces.add_image([image], around.cell, pixels * 0.75 if pixels else None)

    def _inside(self, token: Token) -> str:
        return sequence(self.inlines(token.get("children", ())))

    def _pieces(self, raw: str, unescape: bool) -> Iterator[str]:
        """Text with formulas in it, as string literals and references to the formulas."""
        position = 0
        for found in _PLACEHOLDER.finditer(raw):
            if found.start() > position:
                yield self._string(raw[position : found.start()], unescape)
            position = found.end()
            formula = self.parsed.formula(found)
            if formula:
                tex = formula[0]
                shown = self.around.pieces.add_maths(tex, self.around.cell)
                yield f"display({shown})" if tex.display else shown
        if position < len(raw):
            yield self._string(raw[position:], unescape)

    def _string(self, raw: str, unescape: bool) -> str:
        return literal(breakable(html.unescape(raw) if unescape else raw))
