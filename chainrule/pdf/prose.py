"""Parsed Markdown as Typst: every text a string literal, every risky piece kept apart."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chainrule.pdf import code, markup
from chainrule.pdf.images import ImageError, from_link
from chainrule.pdf.markdown import PLACEHOLDER, Parsed, Token, plain
from chainrule.pdf.monospace import shorten, typeset
from chainrule.pdf.pieces import Alternative, Pieces, Problem, missing_image, unprintable
from chainrule.pdf.text import (
    array,
    breakable,
    is_right_to_left,
    literal,
    sequence,
    unescape,
    words,
)

# Functions of document.typ for what stands on lines of its own within a text.
_ALONE = ("display(", "illustration(")
# Text that begins within a word, after its apostrophe if there is one.
_ATTACHED = re.compile(r"\A(?:'(?=[^\W\d_])|(?=[\w’-]))")
# Characters of code of a text that is kept on the page of the formula or image after it.
_LONGEST_LEAD = 500


@dataclass(frozen=True)
class Surroundings:
    """What a cell's text may refer to, and where its risky pieces go."""

    pieces: Pieces
    cell: int
    folder: Path | None = None
    attachments: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def render(parsed: Parsed, around: Surroundings, *, leads: bool = False) -> str:
    """A Typst expression that shows a parsed cell.

    The last paragraph of one that `leads` to the cell below it is kept on the page of that.
    """
    shown = [*_Renderer(parsed, around).blocks(parsed.tokens, _ALONE[0] if leads else "")]
    if parsed.omitted:
        shown.append(around.pieces.add(_left_out(parsed.omitted, around.cell)))
    return sequence(shown)


def _left_out(characters: int, cell: int) -> Alternative:
    said = f"{characters:,} more characters"
    return Alternative(
        f"doc.failed({literal('This text is too long to be shown as a whole.')}, {literal(said)})",
        Problem(cell, f"The text is too long: {said} are left out.", "Shorten it."),
    )


def render_inline(parsed: Parsed, around: Surroundings) -> str:
    """A Typst expression for tokens that are the inside of a line, such as a title's."""
    renderer = _Renderer(parsed, around)
    return renderer.directed(parsed.tokens, sequence(renderer.inlines(parsed.tokens)))


def render_html(source: str, around: Surroundings) -> str:
    """A Typst expression for HTML by itself, in which dollar signs are dollar signs."""
    return markup.render(source, _Renderer(Parsed(()), around).html_inlines(breakable))


def title(parsed: Parsed, around: Surroundings) -> str:
    """A Typst expression for the inside of the first heading; empty without one."""
    for token in parsed.tokens:
        if token["type"] == "heading":
            return sequence(_Renderer(parsed, around).inlines(token.get("children", ())))
    return ""


def _leading(parts: Sequence[str], after: str) -> Iterator[str]:
    """A paragraph whose text is kept with what stands on lines of its own, in it or `after` it."""
    runs = [(alone, [*run]) for alone, run in itertools.groupby(parts, _is_alone)]
    for place, (alone, run) in enumerate(runs):
        leads = not alone and (place + 1 < len(runs) or _is_alone(after))
        if leads and run != ["parbreak()"] and sum(map(len, run)) <= _LONGEST_LEAD:
            yield f"lead-in({sequence(run)})"
        else:
            yield from run


def _is_alone(part: str) -> bool:
    return part.startswith(_ALONE)


@dataclass(frozen=True)
class _Renderer:
    parsed: Parsed
    around: Surroundings

    def blocks(self, tokens: Sequence[Token], after: str = "") -> Iterator[str]:
        shown = [[*getattr(self, "_" + token["type"], self._unknown)(token)] for token in tokens]
        for place in reversed(range(len(shown))):
            if tokens[place]["type"] == "paragraph":
                shown[place] = [*_leading(shown[place], after)]
            if shown[place] and tokens[place]["type"] != "blank_line":
                after = shown[place][0]
        yield from itertools.chain.from_iterable(shown)

    def inlines(self, tokens: Sequence[Token]) -> Iterator[str]:
        """Inline tokens; raw HTML tags among them are paired up as far as they go."""
        open_tags: list[tuple[str, str, list[str]]] = []
        level: list[str] = []

        for before, token in itertools.pairwise([{"type": ""}, *tokens]):
            if before["type"] == "codespan" and token["type"] == "text":
                # The s of "`Layer`s" is not torn off.
                raw = _ATTACHED.sub(lambda found: "\u2060’" if found[0] else "\u2060", token["raw"])
                token = {**token, "raw": raw}
            if level and _is_alone(level[-1]):
                # What follows begins a line, which does not begin with a space.
                if token["type"] == "softbreak":
                    continue
                if token["type"] == "text":
                    token = {**token, "raw": token["raw"].lstrip(" ")}
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
            elif name == "embed":
                level.append(self._browser_only(name))
            elif name in (*markup.INLINE, *markup.DROPPED, *markup.BROWSERS, "a"):
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
        if name in markup.BROWSERS:
            return [*outer, self._browser_only(name)]
        if name == "a":
            return [*outer, markup.link(url, body)]
        return [*outer, f"{markup.INLINE[name]}({body})"]

    # Blocks

    def _paragraph(self, token: Token) -> Iterator[str]:
        shown = [*self.inlines(token.get("children", ())), "parbreak()"]
        yield from [f"right-to-left({sequence(shown)})"] if self._is_rtl([token]) else shown

    def _block_text(self, token: Token) -> Iterator[str]:
        shown = [*self.inlines(token.get("children", ()))]
        yield from [f"right-to-left({sequence(shown)})"] if self._is_rtl([token]) else shown

    def _is_rtl(self, tokens: Sequence[Token]) -> bool:
        return is_right_to_left(plain(tokens, self.parsed))

    def directed(self, tokens: Sequence[Token], shown: str) -> str:
        """What is shown of tokens, from right to left if that is how they begin."""
        return f"right-to-left({shown})" if self._is_rtl(tokens) else shown

    def _heading(self, token: Token) -> Iterator[str]:
        shown = f"section-heading({token['attrs']['level']}, {self._inside(token)})"
        yield self.directed([token], shown)

    def _question_title(self, token: Token) -> Iterator[str]:
        yield self.directed([token], f"question-title({self._inside(token)})")

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
        inlines = self.html_inlines(lambda text: list(self._pieces(text, False)))
        yield markup.render(token["raw"], inlines)

    def html_inlines(self, text: Callable[[str], Sequence[str]]) -> markup.Inlines:
        """How HTML is shown here, whose text is shown by `text`."""
        return markup.Inlines(text, self._image_of, self._browser_only)

    def _list(self, token: Token) -> Iterator[str]:
        attributes = token["attrs"]
        items = "".join(sequence(self._item(item)) + "," for item in token["children"])
        tight = "true" if token.get("tight") else "false"
        if all(item["type"] == "task_list_item" for item in token["children"]):
            shown = f"task-list(tight: {tight}, {items})"
        elif attributes.get("ordered"):
            start = min(int(attributes.get("start", 1)), 10**9)
            shown = f"enum(tight: {tight}, start: {start}, {items})"
        else:
            shown = f"list(tight: {tight}, {items})"
        yield self.directed([token], shown)

    def _item(self, token: Token) -> Iterator[str]:
        if token["type"] == "task_list_item":
            yield f"task-box({'true' if token['attrs']['checked'] else 'false'})"
        yield from self.blocks(token["children"])

    def _table(self, token: Token) -> Iterator[str]:
        head = next(part for part in token["children"] if part["type"] == "table_head")
        bodies = [part for part in token["children"] if part["type"] == "table_body"]
        aligns = [cell["attrs"].get("align") or "start" for cell in head["children"]]
        header = [f"strong({self._cell(cell)})" for cell in head["children"]]
        rows = [
            [self._cell(cell) for cell in row["children"]]
            for body in bodies
            for row in body["children"]
        ]
        for columns in markup.slices_of(len(aligns), names=1):
            named, heads, *cells = (
                array(row[column] for column in columns) for row in (aligns, header, *rows)
            )
            shown = f"data-table({named}, {array([heads])}, {array(cells)})"
            yield self.directed([token], shown)

    def _cell(self, token: Token) -> str:
        way = "right-to-left" if self._is_rtl([token]) else "left-to-right"
        return f"{way}({self._inside(token)})"

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
        yield f"code-span({literal(shorten(self.parsed.restored(token['raw'])))})"

    def _linebreak(self, token: Token) -> Iterator[str]:
        yield "linebreak()"

    def _softbreak(self, token: Token) -> Iterator[str]:
        yield literal(" ")

    def _link(self, token: Token) -> Iterator[str]:
        yield markup.link(
            self.parsed.restored(token["attrs"].get("url") or ""), self._inside(token)
        )

    def _image(self, token: Token) -> Iterator[str]:
        alt = plain(token.get("children", ()), self.parsed)
        yield self._image_of({"src": token["attrs"].get("url") or "", "alt": alt})

    def _image_of(self, attributes: markup.Attributes) -> str:
        url, alt = self.parsed.restored(attributes.get("src", "")), attributes.get("alt", "")
        around = self.around
        if not url.strip():
            return self._browser_only("img")
        try:
            image = from_link(url, around.folder, around.attachments, alt)
        except ImageError as error:
            label = alt or ("" if url.startswith("data:") else url[:200])
            box = missing_image(str(error), label, around.cell, error.remedy)
            return f"illustration({around.pieces.add(box)})"
        width = attributes.get("width", "").removesuffix("px")
        pixels = float(width) if width.isascii() and width.isdigit() and int(width) else None
        shown = around.pieces.add_image([image], around.cell, pixels * 0.75 if pixels else None)
        return f"illustration({shown})"

    def _browser_only(self, tag: str) -> str:
        return f"illustration({self.around.pieces.add(unprintable(f'<{tag}>', self.around.cell))})"

    def _inside(self, token: Token) -> str:
        return sequence(self.inlines(token.get("children", ())))

    def _pieces(self, raw: str, entities: bool) -> Iterator[str]:
        """Text with formulas in it, as string literals and references to the formulas."""
        position = 0
        for found in PLACEHOLDER.finditer(raw):
            if found.start() > position:
                yield from self._words(raw[position : found.start()], entities)
            position = found.end()
            formula = self.parsed.formula(found)
            tex, source = formula or (None, "")
            if tex is None:
                yield from breakable(shorten(source))
            else:
                shown = self.around.pieces.add_maths(tex, self.around.cell)
                if tex.display:
                    shown = f"display({shown}, {self.around.cell})"
                elif tex.is_short:
                    shown = f"unbroken({shown})"
                yield shown
                while tex.display and raw.startswith(" ", position):
                    position += 1
        if position < len(raw):
            yield from self._words(raw[position:], entities)

    def _words(self, raw: str, entities: bool) -> list[str]:
        return words(unescape(raw) if entities else raw)
